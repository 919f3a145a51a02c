"""What stands on a web page, in its order: paragraphs and tables, before it is known whose."""

from dataclasses import dataclass

from .grid import SourceRow


@dataclass(slots=True)
class Paragraph:
    """`linked`: characters of it that are links; `outside`: not in the element with the prose;
    `blank_lines`: paragraphs before it that hold only a hard space."""

    text: str
    level: int | None = None
    bold: bool = False
    linked: int = 0
    outside: bool = False
    blank_lines: int = 0


@dataclass(slots=True)
class DataTable:
    rows: list[SourceRow]
    caption: str = ""
    linked: int = 0


@dataclass(slots=True)
class Group:
    """Items of an unwrapped table, kept apart so that deep nesting costs nothing."""

    items: "list[Item]"


Item = Paragraph | DataTable | Group
