// 机构及其上下级 An agency, its region and those above it
MATCH (a:Agency)-[l:LOCATED_IN]->(region:Region)
OPTIONAL MATCH (region)-[w:WITHIN]->(above:Region)
OPTIONAL MATCH (a)-[b:PART_OF]->(parent:Agency)
RETURN a, l, region, w, above, b, parent
LIMIT 60
