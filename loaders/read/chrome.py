"""Which parts of a web page are the page's and not the report's: menus, counters, footers, lists.

Parts are known by their names (`class`, `id`) when they hold nothing of a report, lines by their
wording (`page_lines.py`) and by how much of them is links. Around the element that holds the prose,
only titles, signatures and dates are kept. Where in doubt a part stays: what is left over is noise
to later stages, what is left out is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .items import DataTable, Paragraph
from .metadata import header_line
from .page_lines import FORM_FOOTER, page_line
from .vocabulary import CHROME_NAMES, CONTAINER_TAGS

SHORTEST_REPORT = 200
"""Characters. A page with less has its text where a reader does not look for it."""

_CHROME_NAME = re.compile(
    rf"(?:^|[\s_\-])(?:top|main|left|right|bottom)?[_\-]?(?:{'|'.join(CHROME_NAMES)})"
    r"(?:$|[\s_\-\d])",
    re.I,
)
_REPORT_HEADING = re.compile(r"[一二三四五六七八]\s*、|（[一二三四五]）|总体情况|概述|统计期限")
_FIGURE = re.compile(r"\d\s*[余多万]*\s*[条件篇份次期]")
_LONGEST_CHROME = 1500
_FEWEST_SENTENCES = 4
_MAIN_SHARE = 0.95
_MAX_DESCENT = 30

_TITLE = re.compile(r"报告|報告")
_SIGNED = re.compile(
    r"[\u4e00-\u9fff、\s]{2,30}(?:政府|办公室|办公厅|局|厅|委|委员会|办事处|管委会|中心)|"
    r"[（(]?\s*\d{4}\s*年\s*\d{1,2}\s*月\s*(?:\d{1,2}\s*日)?\s*[）)]?"
)
_LONGEST_TITLE = 60
_HEAD = 12
_FOOT = 8
_LINK_SHARE = 0.8
_LINK_RUN = 3


@dataclass(frozen=True, slots=True)
class MainPart:
    """Elements by identity. `container`: holds the prose; `dropped`: chrome by name."""

    container: int | None
    dropped: frozenset[int]


def main_part(root: LexborNode) -> MainPart:
    dropped = set()
    for node in root.css("[class],[id]"):
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if _CHROME_NAME.search(names) and _is_empty_of_report(node):
            dropped.add(node.mem_id)
    return MainPart(_container(root), frozenset(dropped))


def _is_empty_of_report(node: LexborNode) -> bool:
    text = node.text(deep=True)
    if len(text) > _LONGEST_CHROME or text.count("。") > 2 or _REPORT_HEADING.search(text):
        return False
    return node.css_first("h1, td, th") is None


def _container(root: LexborNode) -> int | None:
    """The innermost element outside which nothing of the report can be."""
    text = root.text(deep=True)
    sentences = text.count("。")
    if sentences < _FEWEST_SENTENCES:
        return None
    node, found = root, None
    for _ in range(_MAX_DESCENT):
        child = _main_child(node, sentences)
        if child is None:
            return found
        inside = child.text(deep=True)
        before, _, after = text.partition(inside)
        if not inside or any(_is_of_a_report(lost) for lost in (before, after)):
            return found
        node, text, found = child, inside, child.mem_id
    return found


def _main_child(node: LexborNode, sentences: int) -> LexborNode | None:
    for child in node.iter():
        if child.tag in CONTAINER_TAGS:
            count = child.text(deep=True).count("。")
            if count >= _MAIN_SHARE * sentences:
                return child
    return None


def _is_of_a_report(text: str) -> bool:
    return _REPORT_HEADING.search(text) is not None or _FIGURE.search(text) is not None


def select(
    items: Sequence[Paragraph | DataTable], metadata: dict[str, str]
) -> Iterator[Paragraph | DataTable]:
    """The items of the report, in order; header lines go to `metadata`."""
    listed = _listed(items)
    for position, item in enumerate(items):
        if not isinstance(item, Paragraph):
            yield item
            continue
        is_head = position < _HEAD or item.outside
        is_edge = is_head or position >= len(items) - _FOOT
        if (
            position in listed
            or (is_head and _note(item.text, metadata))
            or page_line(item.text, is_edge=is_edge) not in (None, FORM_FOOTER)
            or (item.outside and item.level != 1 and not _is_kept_outside(item.text))
        ):
            _note(item.text, metadata)
            continue
        yield item


def _note(text: str, metadata: dict[str, str]) -> bool:
    """Put a header line's keys and values into `metadata`; False when the text is none."""
    pairs = header_line(text)
    for key, value in pairs.items():
        if value:
            metadata.setdefault(key, value)
    return bool(pairs)


def _is_kept_outside(text: str) -> bool:
    """A title, signature or date that stands beside the element with the prose."""
    if len(text) > _LONGEST_TITLE:
        return False
    return _TITLE.search(text) is not None or _SIGNED.fullmatch(text) is not None


def _listed(items: Sequence[Paragraph | DataTable]) -> set[int]:
    """Positions of paragraphs in a run of at least three that are nothing but links."""
    found: set[int] = set()
    run: list[int] = []
    for position, item in enumerate([*items, None]):
        if (
            isinstance(item, Paragraph)
            and item.level is None
            and item.linked >= _LINK_SHARE * len(item.text)
            and not item.text.endswith("。")
        ):
            run.append(position)
            continue
        if len(run) >= _LINK_RUN:
            found.update(run)
        run = []
    return found
