// 不成立的勾稽关系 Identities that do not hold, with their figures
MATCH (k:Check)-[c:CHECKS]->(o:Observation)
WHERE k.status IN ['VIOLATED', 'EXPLAINED', 'UNDECIDED']
MATCH (k)-[:CHECKS]->(r:Report)
RETURN r.title AS report, k.rule AS rule, k.status AS status, k.message AS message,
       collect(c.role + ' ' + o.quote) AS figures
ORDER BY report, rule
LIMIT 100
