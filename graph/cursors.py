"""Cursors: where a page ends, as opaque text that survives inserts and is the same on any store.

A cursor lists what sorts a row: each sort key, the id, then the mark of the list it belongs to,
joined by dots (`E694BFE5BA9C.2016.6167656E….3f9a51c0`):

- text is the upper-case hex of its UTF-8; a number is the hex of its shortest decimal form
  (`format(value, ".15g")`); null is `-`;
- the mark is a hash of the list (its label or relationship) and its order. It stands last, so
  that a truncated cursor is known as well as one of another list.

A page after a cursor holds what sorts behind these values, whether or not the row is still there.
Stores write cursors in their own language; the bytes are those that `encode` makes.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from .errors import CursorRefused
from .plan import Order, Scalar
from .schema import NODES, Hop, Label, Type

NULL = "-"

_HEX = re.compile(r"(?:[0-9A-F]{2})*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")


@lru_cache(maxsize=1024)
def mark_of(place: str, order: tuple[Order, ...]) -> str:
    """What a cursor's list is known by. `place`: see `place_of`."""
    keys = ",".join(f"{'-' if key.descending else ''}{key.property}" for key in order)
    return blake2b(f"{place}|{keys}".encode(), digest_size=4).hexdigest()


def place_of(label: Label, hop: Hop | None) -> str:
    """The name of a list: all nodes of a label, or those at the other end of a hop."""
    if hop is None:
        return label.value
    relationship = hop.relationship
    ends = f"{relationship.head}-{relationship.type}-{relationship.tail}"
    return f"{ends}{'>' if hop.forward else '<'}"


def is_numeric(label: Label, property: str) -> bool:
    """Whether the sort key of this property is a number (text otherwise)."""
    if property == "id":
        return False
    return NODES[label].property(property).type in (Type.INT, Type.NUMBER, Type.BOOLEAN)


def encode(mark: str, keys: Sequence[Scalar], id: str) -> str:
    return ".".join([*map(_encoded, keys), _encoded(id), mark])


def decode(cursor: str, mark: str, numeric: Sequence[bool]) -> tuple[Scalar, ...]:
    """The values of the sort keys, then the id. `numeric`: which of the keys are numbers.

    Raises `CursorRefused`.
    """
    *parts, given_mark = cursor.split(".")
    if given_mark != mark or len(parts) != len(numeric) + 1:
        raise _refused(
            "is damaged, or belongs to another list or to another order of this one"
            if _looks_whole(cursor)
            else "is not one that this API gave out, or was cut short"
        )
    *keys, id = [
        _decoded(part, is_number) for part, is_number in zip(parts, [*numeric, False], strict=True)
    ]
    if not isinstance(id, str):
        raise _refused("is not one that this API gave out")
    return (*keys, id)


def _encoded(value: Scalar) -> str:
    if value is None:
        return NULL
    text = value if isinstance(value, str) else format(value, ".15g")
    return text.encode().hex().upper()


def _decoded(part: str, is_number: bool) -> Scalar:
    if part == NULL:
        return None
    if not _HEX.fullmatch(part):
        raise _refused("is not one that this API gave out")
    try:
        text = bytes.fromhex(part).decode()
    except ValueError as error:
        raise _refused("is not one that this API gave out") from error
    if not is_number:
        return text
    if not _NUMBER.fullmatch(text):
        raise _refused("is not one that this API gave out")
    number = float(text)
    return int(number) if number.is_integer() else number


def _looks_whole(cursor: str) -> bool:
    return bool(re.fullmatch(r"(?:(?:[0-9A-F]{2})*\.|-\.)+[0-9a-f]{8}", cursor))


def _refused(why: str) -> CursorRefused:
    return CursorRefused(
        f"The cursor {why}. Take `after` and `before` from `pageInfo` or `edges` of the same field "
        "with the same `orderBy`."
    )
