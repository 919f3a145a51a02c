"""Nodes that several reports state: each shows what most of those reports claim of it.

A report's claim about a node is what it gives as its properties and references, whole. How many
reports make the same claim is counted beside it, so a node is settled from its few different claims
however many reports there are. For each property the value of most reports is shown (of equals the
smallest by code point), so the order of loading leaves no trace; the node goes with its last claim.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from .schema import Label


@dataclass(frozen=True, slots=True)
class Claim:
    """`values`: properties and references by column, as JSON with its keys in order."""

    label: Label
    values: str


def claim_of(label: Label, values: Mapping[str, Any]) -> Claim:
    stated = {name: value for name, value in values.items() if value is not None}
    return Claim(label, msgspec.json.encode(stated, order="sorted").decode())


def agreed(votes: Mapping[str, int]) -> dict[str, Any]:
    """What a node shows. `votes`: its different claims, with how many reports make each."""
    if len(votes) == 1:
        (only,) = votes
        return msgspec.json.decode(only, type=dict[str, Any])
    reports: dict[str, dict[bytes, int]] = defaultdict(lambda: defaultdict(int))
    for claim, count in votes.items():
        for name, value in msgspec.json.decode(claim, type=dict[str, msgspec.Raw]).items():
            reports[name][bytes(value)] += count
    return {
        name: msgspec.json.decode(min(values, key=lambda value: (-values[value], value)))
        for name, values in sorted(reports.items())
    }
