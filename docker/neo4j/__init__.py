"""The kit for Neo4j Browser: a style, a guide, saved queries, a fragment of configuration.

The API hosts the files under `/browser-kit/` (`api/browser_kit.py`), so they are a package of data.
"""
