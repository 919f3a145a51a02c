// 同一指标的两个年度 One metric in two years
MATCH (a:Agency)<-[:ABOUT]-(now:Observation)-[:MEASURES]->(m:Metric)<-[:MEASURES]-(before:Observation)-[:ABOUT]->(a)
WHERE now.year = before.year + 1 AND now.scope = before.scope
  AND now.breakdown = '' AND before.breakdown = ''
  AND now.value IS NOT NULL AND before.value IS NOT NULL
RETURN a.name AS agency, m.name AS metric, before.year AS year, before.value AS before, now.value AS value,
       before.quote AS quote_before, now.quote AS quote
ORDER BY agency, metric, year
LIMIT 100
