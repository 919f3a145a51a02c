"""Gold files: what a careful reader says a report states. `GOLD.md` shows how to write one."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.graph.dictionary.metrics import find_metric

from .tables import GoldCell, cells_of

QUALIFIERS = {"over": "OVER", "under": "UNDER", "about": "ABOUT"}
ANY = "*"
NOTHING = "-"
MAY = "? "  # in front of what may be stated or left out
_VALUE = re.compile(r"(?:(over|under|about) )?(-?\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))? (\S+)")


class BadGold(ValueError):
    """A gold file that cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class GoldFigure:
    """A figure of running text; `fragment` marks the figure itself with square brackets."""

    fragment: str
    value: float
    upper: float | None
    unit: str | None
    qualifier: str
    metrics: tuple[str, ...]
    tag: str
    attributes: dict[str, str]
    optional: bool  # may be stated or left out: a sentence that is printed twice

    def wanted(self, name: str, default: str) -> tuple[str, ...]:
        """The accepted values of an attribute; `*` accepts all."""
        return tuple(self.attributes.get(name, default).split(","))


@dataclass(frozen=True)
class GoldChannel:
    name: str
    type: str
    owner: str
    fragment: str
    optional: bool = False  # may be found or not


@dataclass(frozen=True)
class GoldCategory:
    name: str
    fragment: str
    optional: bool = False


@dataclass(frozen=True)
class GoldPolicy:
    title: str | None
    doc_number: str | None
    issuers: tuple[str, ...]


@dataclass(frozen=True)
class Gold:
    """One document and all that is asked about it; None where nothing is asked."""

    path: Path
    document: Path
    form: str
    report: dict[str, Any]
    refused: tuple[str, ...]
    figures: tuple[GoldFigure, ...] | None
    not_figures: tuple[str, ...]
    cells: tuple[GoldCell, ...] | None
    agencies: tuple[str, ...] | None  # `A = B` where two names will do
    channels: tuple[GoldChannel, ...] | None
    categories: tuple[GoldCategory, ...] | None
    policies: tuple[GoldPolicy, ...] | None
    relations: tuple[tuple[str, str], ...] | None  # type, `head > tail`
    unchecked: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        return self.path.stem


def read_gold(path: Path, documents: Path | None = None) -> Gold:
    """`documents`: the folder of the document, where it does not lie beside its gold."""
    said = tomllib.loads(path.read_text("utf-8"))
    form = str(said.get("form", "refused"))
    channels = _optional(said, "channels", _channel)
    categories = _optional(said, "categories", _category)
    policies = _optional(said, "policies", _policy)
    return Gold(
        path=path,
        document=(documents or path.parent) / said["document"],
        form=form,
        report=said.get("report", {}),
        refused=tuple(said.get("refused", ())),
        figures=_optional(said, "figures", _figure),
        not_figures=tuple(said.get("not_figures", "").strip().splitlines()),
        cells=cells_of(said["tables"]) if "tables" in said else None,
        agencies=_optional(said, "agencies", lambda cells: cells[0]),
        channels=channels,
        categories=categories,
        policies=policies,
        relations=tuple(_relations(said)) if "relations" in said else None,
        unchecked=frozenset(said.get("unchecked", ())),
    )


def read_all(folder: Path, documents: Path | None = None) -> list[Gold]:
    """Every gold file of a folder, by name."""
    return [read_gold(path, documents) for path in sorted(folder.glob("*.toml"))]


def _rows(said: dict[str, Any], key: str) -> Iterator[list[str]]:
    for line in str(said.get(key, "")).splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def _optional(said: dict[str, Any], key: str, make: Any) -> Any:
    if key not in said:
        return None
    made = []
    for cells in _rows(said, key):
        try:
            made.append(make(cells))
        except (ValueError, IndexError) as error:
            raise BadGold(f"{said['document']}, {key}: {' | '.join(cells)} ({error})") from error
    return tuple(made)


def _figure(cells: list[str]) -> GoldFigure:
    fragment, value, metric, tag, *rest = cells
    optional = fragment.startswith(MAY)
    fragment = fragment.removeprefix(MAY)
    match = _VALUE.fullmatch(value)
    if match is None or fragment.count("[") != 1 or fragment.count("]") != 1:
        raise ValueError("expected: fragment with [figure] | value unit | metric | tag")
    hedge, number, upper, unit = match.groups()
    attributes = dict(item.split("=", 1) for item in " ".join(rest).split())
    metrics = tuple(metric.split(","))
    unit_or_none = None if unit == NOTHING else unit
    attributes.setdefault("kind", kind_of(metrics[0], unit_or_none))
    return GoldFigure(
        fragment=fragment,
        value=float(number),
        upper=float(upper) if upper else None,
        unit=unit_or_none,
        qualifier=QUALIFIERS.get(hedge or "", "EXACT"),
        metrics=metrics,
        tag=tag,
        attributes=attributes,
        optional=optional,
    )


def kind_of(metric: str, unit: str | None) -> str:
    """The kind of a figure where its line does not say: told by metric and unit."""
    if metric.endswith(("/growth", "/change")) or unit == "个百分点":
        return "CHANGE"
    known = find_metric(metric)
    if unit == "元" or (known and known.kind == "money"):
        return "MONEY"
    return "RATE" if unit == "%" else "COUNT"


def _channel(cells: list[str]) -> GoldChannel:
    name, type, owner, fragment = cells
    return GoldChannel(name.removeprefix(MAY), type, owner, fragment, name.startswith(MAY))


def _category(cells: list[str]) -> GoldCategory:
    name, fragment = cells
    return GoldCategory(name.removeprefix(MAY), fragment, name.startswith(MAY))


def _policy(cells: list[str]) -> GoldPolicy:
    title, number, issuers = cells
    return GoldPolicy(
        None if title == NOTHING else title,
        None if number == NOTHING else number,
        () if issuers == NOTHING else tuple(issuers.split(",")),
    )


def _relations(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """`USES A > x,y` is two; with `? ` in front they may be stated or not."""
    for (line,) in _rows(said, "relations"):
        mark = MAY if line.startswith(MAY) else ""
        type, _, ends = line.removeprefix(mark).partition(" ")
        heads, _, tails = ends.partition(" > ")
        for head in heads.split(","):
            for tail in tails.split(","):
                yield type, f"{mark}{head.strip()} > {tail.strip()}"
