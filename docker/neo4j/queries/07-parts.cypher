// 总数与分项 A total and its parts
MATCH (part:Observation)-[p:PART_OF]->(whole:Observation)
WHERE whole.table IS NULL
RETURN whole, p, part
LIMIT 60
