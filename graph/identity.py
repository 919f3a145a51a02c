"""Who is who: the one id of every node, made from what it is and nothing else.

An id is a label and a short hash of the node's identity, `agency:3f9a51c07be2d486`. It is the
same in an extract, an export, either store and GraphQL, on any machine and in any order of
loading, because only one report and the dictionaries go into it. An observation's identity is its
place on the page, so a better parser never renames a figure.
"""

from functools import cache, lru_cache
from hashlib import blake2b

_DIGITS = 16  # 64 bits: one chance in ten million of a clash among two million observations
_OWNER_DIGITS = 4


def node_id(label: str, *identity: object) -> str:
    """The id of the node of this label with this identity (parts are joined, in order).

    >>> node_id("Year", 2016) == node_id("Year", "2016")
    True
    """
    return f"{label.lower()}:{_hash([label, *map(str, identity)])}"


def _owned_id(label: str, report: str, *identity: object) -> str:
    """The id of a node that belongs to one report: its hash begins as the report's does.

    What is written and removed together so stands together in every index by id.

    >>> _owned_id("Section", "report:3f9a51c07be2d486", 1)[:12]
    'section:3f9a'
    """
    return _owned(label.lower(), report, _hash([label, report, *map(str, identity)]))


def _owned(label: str, report: str, digits: str) -> str:
    beginning = report.partition(":")[2][:_OWNER_DIGITS]
    return f"{label}:{beginning}{digits[len(beginning) :]}"


def _hash(parts: list[str]) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=_DIGITS // 2).hexdigest()


def region_id(code: str) -> str:
    """`code`: a GB/T 2260 code, or `<parent code>/<name>` for a zone that has none."""
    return node_id("Region", code)


def agency_id(region_code: str | None, name: str) -> str:
    return node_id("Agency", region_code or "", name)


def report_id(agency: str, year: int, revision: str = "") -> str:
    return node_id("Report", agency, year, revision)


def section_id(report: str, position: int) -> str:
    return _owned_id("Section", report, position)


@cache
def year_id(year: int) -> str:
    return node_id("Year", year)


@lru_cache(4_096)
def metric_id(key: str) -> str:
    """`key`: a dictionary id, or the slug of an open metric."""
    return node_id("Metric", key)


def observation_id(report: str, *place: object) -> str:
    """`place`: the span of the printed figure, or the table, row and column of its cell."""
    return _owned_id("Observation", report, *place)


def policy_id(title: str | None, doc_number: str | None, issuer: str | None = None) -> str:
    """By title; by number only where there is no title; `issuer` where two share a title."""
    return node_id("Policy", title or "", "" if title else doc_number or "", issuer or "")


def channel_id(owner: str, name: str) -> str:
    """`owner`: the id of the agency that owns it, or else of the one that uses it."""
    return node_id("Channel", owner, name)


def check_id(report: str, rule: str, *figures: str) -> str:
    """By the report it belongs to, its rule and the figures it is about."""
    return _owned("check", report, _hash(["Check", report, rule, *figures]))


def category_id(path: str) -> str:
    """`path`: the taxonomy id, or `<parent's path>/<slug>` for an open leaf."""
    return node_id("Category", path)


def label_of(identifier: str) -> str:
    """The lower-case label an id begins with: `agency` of `agency:3f9a…`."""
    return identifier.partition(":")[0]
