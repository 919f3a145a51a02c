// 共同公开的类别 Kinds of information that several agencies publish
MATCH (a:Agency)-[p:PUBLISHED]->(c:Category)
WITH c, count(DISTINCT a) AS agencies
ORDER BY agencies DESC LIMIT 10
MATCH (a:Agency)-[p:PUBLISHED]->(c)
RETURN a, p, c
