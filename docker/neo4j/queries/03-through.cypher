// 通过什么渠道公开 Through which channels, as a graph
MATCH (r:Report)-[:PUBLISHED_BY]->(a:Agency)-[p:PUBLISHED]->(c:Category)-[b:CARRIED_BY]->(ch:Channel)
WITH DISTINCT a, p, c, b, ch
RETURN a, p, c, b, ch
LIMIT 80
