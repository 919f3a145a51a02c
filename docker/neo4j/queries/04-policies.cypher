// 引用与落实的政策 Policies cited, issued and carried out
MATCH (r:Report)-[c:CITES]->(p:Policy)
OPTIONAL MATCH (issuer:Agency)-[i:ISSUED]->(p)
OPTIONAL MATCH (p)-[m:IMPLEMENTS]->(above:Policy)
RETURN r, c, p, issuer, i, m, above
LIMIT 60
