"""What a database must be to serve as a store: empty, or a store already; never anybody else's."""

import neo4j

from gongkai.graph.errors import NotFound, StoreCorrupt, StoreVersionMismatch

from .connections import Access
from .layout import SCHEMA_VERSION, constraints, indexes

_WHAT = """OPTIONAL MATCH (s:GongkaiStore {id: 'store'})
RETURN s.schema_version AS version, EXISTS { MATCH () } AS has_nodes"""

_INDEX_SECONDS = 300


async def check(driver: neo4j.AsyncDriver, access: Access) -> None:
    """Raises `NotFound` where there is no store, `StoreError` where it is not one of this version."""
    if not await _is_store(driver, access):
        raise NotFound(
            f"{access.address}: there is no store. Make one with `gongkai load PATH... --store "
            f"{access.address}`.",
            code="NO_STORE",
        )


async def make(driver: neo4j.AsyncDriver, access: Access) -> None:
    """Makes the store where the database is empty, and its constraints and indexes anywhere.

    Raises `StoreError`; then nothing of what the database holds was changed.
    """
    is_store = await _is_store(driver, access)
    wanted = {**constraints(), **indexes()}
    missing = set(wanted) - await _present(driver, access)
    for name in wanted:
        if name in missing:
            await _create(driver, access, wanted[name])
    if missing:
        await driver.execute_query(
            "CALL db.awaitIndexes($seconds)", seconds=_INDEX_SECONDS, database_=access.database
        )
    if not is_store:
        await driver.execute_query(
            "MERGE (s:GongkaiStore {id: 'store'})"
            " ON CREATE SET s.schema_version = $version, s.writes = 0",
            version=SCHEMA_VERSION,
            database_=access.database,
        )


async def _create(driver: neo4j.AsyncDriver, access: Access, statement: str) -> None:
    """Makes an index or constraint, unless another loader is quicker.

    Where two make the same one at once, `IF NOT EXISTS` lets both try and the server refuses one.
    """
    try:
        await driver.execute_query(statement, database_=access.database)
    except neo4j.exceptions.ClientError as error:
        if error.code != "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists":
            raise


async def _is_store(driver: neo4j.AsyncDriver, access: Access) -> bool:
    found = await driver.execute_query(
        _WHAT, database_=access.database, routing_=neo4j.RoutingControl.READ
    )
    (row,) = found.records
    version = row["version"]
    if version is None:
        if row["has_nodes"]:
            raise StoreCorrupt(
                f"{access.address}: the database holds something else than a store of Gongkai, "
                "and was left as it is. Give Gongkai a database of its own (NEO4J_DATABASE)."
            )
        return False
    if version < SCHEMA_VERSION:
        raise StoreVersionMismatch(
            f"{access.address}: the store has version {version} of the schema, this Gongkai needs "
            f"{SCHEMA_VERSION}. Load its reports into an empty database."
        )
    if version > SCHEMA_VERSION:
        raise StoreVersionMismatch(
            f"{access.address}: the store has version {version} of the schema, this Gongkai knows "
            f"{SCHEMA_VERSION}. Upgrade Gongkai: `pip install --upgrade gongkai`."
        )
    return True


async def _present(driver: neo4j.AsyncDriver, access: Access) -> set[str]:
    found: set[str] = set()
    for kind in ("CONSTRAINTS", "INDEXES"):
        rows = await driver.execute_query(
            f"SHOW {kind} YIELD name",
            database_=access.database,
        )
        found |= {row["name"] for row in rows.records}
    return found
