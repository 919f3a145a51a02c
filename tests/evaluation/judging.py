"""One document against its gold."""

import re
from collections.abc import Iterator

from gongkai.graph.errors import InputRefused
from gongkai.graph.extract import Extract
from gongkai.loaders.load import read_bytes

from .cells import judge_cells
from .entities import Labels, judge_entities, same_agency
from .figures import judge_figures
from .gold import Gold
from .marks import Mark, Outcome

_TABLE_LINE = re.compile(r"^.*\t.*$", re.M)
_DIGITS = re.compile(r"\d[\d,.]*")


def judge(gold: Gold, data: bytes | None = None) -> list[Mark]:
    """Every mark of a document; `data` instead of the bytes of its file, where it was varied."""
    if data is None:
        data = gold.document.read_bytes()
    try:
        extract = read_bytes(data, gold.document.name)
    except InputRefused as refused:
        return list(_judge_refusal(gold, refused))
    if gold.refused:
        return [Mark("refusals", Outcome.MISSED, gold.name, gold.form, note="was read")]
    marks = [Mark("read", Outcome.RIGHT, gold.name, gold.form)]
    marks += _judge_report(gold, extract)
    labels = Labels(gold, extract)
    marks += judge_figures(gold, extract, labels)
    marks += judge_cells(gold, extract)
    marks += judge_entities(gold, extract, labels)
    marks += _judge_silence(gold, extract)
    return marks


def _judge_refusal(gold: Gold, refused: InputRefused) -> Iterator[Mark]:
    """A look-alike that is refused is right; of a report that is refused everything is missed."""
    note = f"{refused.code}: {refused}"
    if gold.refused:
        outcome = Outcome.RIGHT if refused.code in gold.refused else Outcome.MISSED
        yield Mark("refusals", outcome, gold.name, gold.form, "", note)
        return
    yield Mark("read", Outcome.MISSED, gold.name, gold.form, "", note)
    for figure in gold.figures or ():
        yield Mark("figures", Outcome.MISSED, gold.name, gold.form, figure.tag)
    for cell in gold.cells or ():
        yield Mark("cells", Outcome.MISSED, gold.name, gold.form, cell.tag)


def _judge_report(gold: Gold, extract: Extract) -> Iterator[Mark]:
    report = extract.report
    stated = {
        "agency": report.agency.name,
        "level": report.agency.level,
        "region": report.region.name if report.region else None,
        "title": "".join(report.title.split()),
        "year": report.year,
        "published": report.published,
        "template": report.template,
        "language": report.language,
        "format": report.source.format,
    }
    for name, wanted in gold.report.items():
        found = stated[name] or ""
        if name == "title":
            right = found == "".join(wanted.split())
        elif name == "agency":
            right = any(same_agency(name, str(found)) for name in wanted.split(" = "))
        else:
            right = found == wanted
        yield Mark(f"report {name}", Outcome.RIGHT if right else Outcome.MISSED, gold.name, gold.form,
                   note="" if right else f"{wanted!r}, read {found!r}")  # fmt: skip


def _judge_silence(gold: Gold, extract: Extract) -> Iterator[Mark]:
    """Every number of running text is in the quote of a figure or listed as unplaced."""
    told = [(item.start, item.end) for item in extract.observations]
    told += [(item.start, item.end) for item in extract.unplaced]
    told += _tables_of(extract)
    text = extract.report.text
    for match in _DIGITS.finditer(_TABLE_LINE.sub(lambda line: " " * len(line[0]), text)):
        heard = any(start <= match.start() < end for start, end in told)
        around = " ".join(text[max(0, match.start() - 12) : match.end() + 8].split())
        yield Mark("accounted for", Outcome.RIGHT if heard else Outcome.MISSED, gold.name, gold.form,
                   note="" if heard else around)  # fmt: skip


def _tables_of(extract: Extract) -> list[tuple[int, int]]:
    """Where each table begins and ends: its labels have numbers too."""
    cells: dict[int, list[int]] = {}
    for item in extract.observations:
        if item.cell is not None:
            cells.setdefault(item.cell.table, []).append(item.start)
    return [(min(starts), max(starts)) for starts in cells.values()]
