"""`gongkai copy`: a whole graph from one store into another, report by report."""

from gongkai.graph.errors import UsageError
from gongkai.graph.store import open_store

from .loading import progress


async def copy_store(source: str, target: str) -> int:
    """How many reports were copied. May be said again where it was cut short.

    Raises `UsageError` where the target holds a report that the source does not.
    """
    async with await open_store(source) as from_store, await open_store(target, create=True) as to:
        here = {line.id for line in await from_store.reports()}
        strange = [line.id for line in await to.reports() if line.id not in here]
        if strange:
            raise UsageError(
                f"{target} holds {len(strange)} reports that {source} does not, {strange[0]} among "
                "them. Nothing was copied: give a new store, or one that an earlier copy has begun."
            )
        with progress(len(here), "copying") as bar:
            async for said in from_store.stated():
                await to.replace(said)
                bar.advance()
        return len(here)
