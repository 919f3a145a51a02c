"""Objects of an answer, made of their values by place."""

from functools import lru_cache

import msgspec


@lru_cache(maxsize=2_000)
def record_type(keys: tuple[str, ...]) -> type[msgspec.Struct]:
    """Objects with these keys in JSON, several times faster to make and to write than dictionaries.

    Values are given in the order of the keys.
    """
    names = [f"field_{place}" for place in range(len(keys))]
    return msgspec.defstruct("Record", names, rename=dict(zip(names, keys, strict=True)), gc=False)
