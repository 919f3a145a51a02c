// 报告与发布机构 Reports and who published them
MATCH (r:Report)-[p:PUBLISHED_BY]->(a:Agency)
MATCH (r)-[c:COVERS]->(y:Year)
RETURN r, p, a, c, y
ORDER BY r.sort_key, r.year
LIMIT 60
