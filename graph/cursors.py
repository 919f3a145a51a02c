"""Cursors: where a page ends, as opaque text that survives inserts and means the same on any store.

A cursor is the lower-case hex of a compact JSON array: a fingerprint of the list and its order, the
value of each sort key of the row (null included), and the row's id. A page after it holds what sorts
behind these values, whether or not the row is still there.
"""

from hashlib import blake2b

import msgspec

from .errors import CursorRefused
from .plan import Order, Scalar


def fingerprint(place: str, order: tuple[Order, ...]) -> str:
    """What a cursor's list is known by: `place` is its label or relationship, and the order."""
    keys = ",".join(f"{'-' if key.descending else ''}{key.property}" for key in order)
    return blake2b(f"{place}|{keys}".encode(), digest_size=4).hexdigest()


def encode(mark: str, keys: tuple[Scalar, ...], id: str) -> str:
    return msgspec.json.encode([mark, *keys, id]).hex()


def decode(cursor: str, mark: str, keys: int) -> tuple[Scalar, ...]:
    """The values of the sort keys, then the id. Raises `CursorRefused`."""
    try:
        values = msgspec.json.decode(bytes.fromhex(cursor))
    except (ValueError, msgspec.MsgspecError) as error:
        raise _refused("is not one this API gave out") from error
    if not isinstance(values, list) or len(values) != keys + 2 or values[0] != mark:
        raise _refused("belongs to another list, or to another order of this one")
    if not all(value is None or isinstance(value, str | int | float) for value in values):
        raise _refused("is not one this API gave out")
    if not isinstance(values[-1], str):
        raise _refused("is not one this API gave out")
    return tuple(values[1:])


def _refused(why: str) -> CursorRefused:
    return CursorRefused(
        f"The cursor {why}. Take `after` and `before` from `pageInfo` or `edges` of the same field "
        "with the same `orderBy`."
    )
