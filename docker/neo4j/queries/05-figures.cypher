// 数字及其出处 Figures with their quotes
MATCH (o:Observation)-[:MEASURES]->(m:Metric), (o)-[:ABOUT]->(a:Agency), (o)-[:STATED_IN]->(r:Report)
WHERE o.semantic = 'NUMBER' AND o.table IS NULL
RETURN a.name AS agency, o.year AS year, m.name AS metric, o.value AS value, o.unit AS unit,
       o.quote AS quote, r.title AS report, o.start AS start
ORDER BY agency, year, start
LIMIT 200
