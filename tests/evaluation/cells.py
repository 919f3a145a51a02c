"""Cells of tables against gold: place, value and semantic make a cell right."""

from collections.abc import Iterator

from gongkai.graph.extract import Extract, Observation

from .figures import told
from .gold import ANY, Gold
from .marks import Mark, Outcome
from .tables import GoldCell


def judge_cells(gold: Gold, extract: Extract) -> Iterator[Mark]:
    if gold.cells is None:
        return
    stated = {
        (item.cell.table, item.cell.row, item.cell.column): item
        for item in extract.observations
        if item.cell is not None
    }
    for cell in gold.cells:
        place = f"table {cell.table}, row {cell.row}, column {cell.column}"
        item = stated.pop((cell.table, cell.row, cell.column), None)
        right = item is not None and _is_read_as(cell, item)
        read = told(item) if item else "as nothing"
        note = "" if right else f"{place}: {cell.value} {cell.semantic}, read {read}"
        outcome = Outcome.RIGHT if right else Outcome.MISSED
        yield Mark("cells", outcome, gold.name, gold.form, cell.tag, note)
        if item is not None and right:
            yield from _judge_meaning(gold, cell, item, place)
    for item in stated.values():
        yield Mark("cells", Outcome.FALSE, gold.name, gold.form, "", told(item))


def _is_read_as(cell: GoldCell, item: Observation) -> bool:
    if cell.semantic != item.semantic.value:
        return False
    if cell.value is None or item.value is None:
        return cell.value is None and item.value is None
    return abs(item.value - cell.value) < 1e-6


def _judge_meaning(gold: Gold, cell: GoldCell, item: Observation, place: str) -> Iterator[Mark]:
    if ANY not in cell.metrics:
        right = item.metric in cell.metrics
        note = "" if right else f"{place}: {'/'.join(cell.metrics)}, read {item.metric}"
        outcome = Outcome.RIGHT if right else Outcome.MISSED
        yield Mark("cell metric", outcome, gold.name, gold.form, cell.tag, note)
    if cell.dimensions is not None:
        right = dict(cell.dimensions).items() <= item.dimensions.items()
        note = "" if right else f"{place}: {dict(cell.dimensions)}, read {item.dimensions}"
        outcome = Outcome.RIGHT if right else Outcome.MISSED
        yield Mark("cell dimensions", outcome, gold.name, gold.form, cell.tag, note)
