"""A wire to a server that can be cut: what a loader sees when the network goes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Wire:
    """`left`: bytes that may still go towards the server before the connection is cut, or None;
    `cuts`: how often that happened; `away`: every new connection is closed at once."""

    address: str
    left: int | None = None
    cuts: int = 0
    away: bool = False
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        self.left = None
        self.cuts += 1
        for writer in self.open:
            writer.transport.abort()
        self.open.clear()


@asynccontextmanager
async def wire_to(address: str) -> AsyncIterator[Wire]:
    """`address`: `bolt://host:port`. The wire has an address of its own."""
    host, _, port = address.removeprefix("bolt://").partition(":")

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if wire.away:
            writer.transport.abort()
            return
        there, onward = await asyncio.open_connection(host, int(port))
        wire.open |= {writer, onward}
        await asyncio.gather(_pump(reader, onward, wire), _pump(there, writer, None))

    async with await asyncio.start_server(forward, "127.0.0.1", 0) as listening:
        own = listening.sockets[0].getsockname()[1]
        wire = Wire(f"bolt://127.0.0.1:{own}")
        try:
            yield wire
        finally:
            wire.cut()


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: Wire | None
) -> None:
    """`wire`: whose allowance the bytes are taken from."""
    try:
        while chunk := await reader.read(4_096):
            if wire is not None and wire.left is not None:
                wire.left -= len(chunk)
                if wire.left < 0:
                    wire.cut()
                    return
            writer.write(chunk)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
