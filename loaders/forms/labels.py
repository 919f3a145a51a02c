"""Header words as forms print them: squeezed for paths, folded to keys for matching."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import resources

from ..folding import fold

_BLANK = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_ENUMERATOR = re.compile(
    r"^(?:其中[：:]?)?(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}[、.．，]|\d{1,2}[、.．，）](?!\d)|[①-⑳]|[-—·*])?(?:其中[：:]?)?"
)
_NOTE = re.compile(r"（[^（）]*）|\[[^\[\]]*\]|（[^（）]*$")
_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9/]+")
_NUMBER_OF = re.compile(
    r"^(?:其中[：:]?)?(?:（([一二三四五六七八九十]{1,2})）|([一二三四五六七八九十]{1,2})、|(\d)[、.．，])"
)
# Words that came back from Taiwan's wording, or from Traditional characters, or are slips.
_SAME_WORDS = (
    ("其它", "其他"),
    ("资讯", "信息"),
    ("专案", "项目"),
    ("档案", "文件"),
    ("网路", "网络"),
    ("线上", "在线"),
    ("释出", "发布"),
    ("答覆", "答复"),
)
# Below these a row that some place added would pass for one of the form.
_ALIKE = 0.85
_SHARED = 0.6


def squeeze(text: str) -> str:
    """As printed, white space deleted."""
    return _BLANK.sub("", text)


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """What a label says, without its number, notes in brackets, punctuation and white space.

    >>> key_of("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开'
    """
    return _key(squeeze(fold(text)))


def _key(squeezed: str) -> str:
    bare = _ENUMERATOR.sub("", squeezed, count=1)
    for word, plain in _SAME_WORDS:
        bare = bare.replace(word, plain)
    return _WORD.sub("", _NOTE.sub("", bare)) or _WORD.sub("", bare)


def without_number(label: str) -> str:
    """A label without the number or 其中 in front of it, notes kept."""
    return _ENUMERATOR.sub("", label, count=1) or label


def without_note(label: str) -> str:
    """A label without what stands in brackets."""
    return _NOTE.sub("", label) or label


def number_of(label: str) -> str:
    """The number in front of a label: 一, （一） or 1; empty where there is none."""
    match = _NUMBER_OF.match(squeeze(fold(label)))
    if match is None:
        return ""
    if match[1]:
        return f"（{match[1]}）"
    return match[2] or match[3]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form: `path` from the outermost label, `position` in the form's order."""

    path: tuple[str, ...]
    keys: tuple[str, ...]
    position: int
    is_section: bool

    @property
    def label(self) -> str:
        return self.path[-1]

    @property
    def key(self) -> str:
        return self.keys[-1]


@cache
def _layouts() -> dict[str, str]:
    package = resources.files("gongkai.graph.dictionary")
    return tomllib.loads(package.joinpath("forms.toml").read_text("utf-8"))


@cache
def form_rows(form: str) -> tuple[FormRow, ...]:
    """The rows of a table of `forms.toml`, in order."""
    lines = [line for line in _layouts()[form].splitlines() if line.strip()]
    rows = []
    path: list[str] = []
    for position, line in enumerate(lines):
        depth = (len(line) - len(line.lstrip())) // 2
        path[depth:] = [line.strip()]
        following = lines[position + 1] if position + 1 < len(lines) else ""
        is_above = len(following) - len(following.lstrip()) > 2 * depth
        keys = tuple(key_of(label) for label in path)
        rows.append(FormRow(tuple(path), keys, position, is_above))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Match:
    """A row of a form found by its label. `is_exact`: word for word."""

    row: FormRow
    is_exact: bool


def match_row(
    label: str, rows: Sequence[FormRow], *, after: int = -1, within: str = ""
) -> Match | None:
    """The row that a printed label names.

    Where several rows have the label, the next one after position `after` and, before all, one
    under the label of key `within`. A label that was cut or mistyped is matched by likeness.
    """
    key = key_of(label)
    if not key:
        return None
    exact = [row for row in rows if row.key == key]
    if exact:
        return Match(_nearest(exact, after, within), is_exact=True)
    if len(key) < 4:
        return None
    cut = [row for row in rows if row.key.startswith(key)]
    partly = cut if len(cut) == 1 else [row for row in rows if _share(row.key, key) >= _SHARED]
    if partly:
        closest = max(_share(row.key, key) for row in partly)
        partly = [row for row in partly if _share(row.key, key) == closest]
        return Match(_nearest(partly, after, within), is_exact=False)
    return _alike(key, rows, after, within)


def _alike(key: str, rows: Iterable[FormRow], after: int, within: str) -> Match | None:
    scored = []
    for row in rows:
        if len(row.key) >= 4 and abs(len(row.key) - len(key)) <= 0.5 * len(row.key):
            ratio = SequenceMatcher(None, key, row.key, autojunk=False).ratio()
            if ratio >= _ALIKE:
                scored.append((ratio, row))
    if not scored:
        return None
    best = max(ratio for ratio, _ in scored)
    return Match(_nearest([row for ratio, row in scored if ratio == best], after, within), False)


def _nearest(rows: Sequence[FormRow], after: int, within: str) -> FormRow:
    inside = [row for row in rows if within and within in row.keys[:-1]] or list(rows)
    later = [row for row in inside if row.position > after]
    return min(later or inside, key=lambda row: abs(row.position - after))


def _share(one: str, other: str) -> float:
    """How much of the longer label the shorter one is; 0 where it is no part of it."""
    short, long = sorted((one, other), key=len)
    return len(short) / len(long) if len(short) >= 4 and short in long else 0.0
