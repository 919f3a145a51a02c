"""Gongkai from Python: comparisons as typed answers and pandas frames, and any GraphQL.

client          the client that waits for its answers
asynchronous    the same for `async` code: what it asks, and how
names           bodies and metrics by what people call them
queries         the GraphQL that stands behind each method
answers         what methods return
frames          the same as pandas frames
transports      over HTTP, or straight on a store
"""

from .asynchronous import AsyncClient
from .client import Client

__all__ = ["AsyncClient", "Client"]
