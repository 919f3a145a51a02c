"""Gongkai 公开: what `import gongkai` gives.

The packages `gongkai.api`, `gongkai.graph` and `gongkai.loaders` are folders of the checkout's top.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.api.client import Client

__all__ = ["Client"]


def __getattr__(name: str) -> object:
    """The client is imported when it is asked for: the command line has no need of it."""
    if name == "Client":
        from gongkai.api.client import Client

        return Client
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
