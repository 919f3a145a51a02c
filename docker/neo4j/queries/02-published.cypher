// 哪个机构公开了哪类信息 Which agency published which kind of information
MATCH (a:Agency)-[p:PUBLISHED]->(c:Category)
RETURN a.name AS agency, c.name AS category, p.years AS years, p.evidence_quotes[0] AS quote
ORDER BY agency, category
LIMIT 200
