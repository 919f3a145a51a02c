"""The store over Bolt: a Neo4j server, 5.23 or newer."""
