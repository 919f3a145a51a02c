"""Paragraphs, sentences, clauses and brackets of a text, and where an amount stands in them."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from .numerals import Amount

_MARK = re.compile(r"[，；;。！？!?：:\n（(）)、]|(?<!\d),|,(?!\d)")
_SENTENCE_ENDS = frozenset("。！？!?\n")
_CLAUSE_ENDS = frozenset("，,；;。！？!?：:\n")
_OPEN = frozenset("（(")
_CLOSE = frozenset("）)")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_JOINTS = re.compile(r"^[、，,；;。：:\s]*(?:和|及|与|以及|并且?|、)?")

_LONGEST_SENTENCE = 1500  # looked back over; what has no full stop for longer is no sentence
_LATER_JOINT = re.compile(r"、|和|以及|及|与")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands; all are offsets, `bracket` that of the enclosing bracket or -1.

    `clause`: after the last comma (or colon, semicolon, bracket) of its own level; `label`: after
    the amount before it in the same clause, else `clause`; `after`: end of what follows it
    directly; `since`: after the amount before it in the same sentence, else `sentence`.
    """

    paragraph: int
    sentence: int
    sentence_end: int
    clause: int
    label: int
    after: int
    bracket: int
    since: int


class Layout:
    """The punctuation of a text, read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks: list[int] = []
        self._levels: list[int] = []  # the bracket open just before each mark, or -1
        self.sentences = [0]
        self.paragraphs = [0]
        self.closing: dict[int, int] = {}
        stack: list[int] = []
        for match in _MARK.finditer(text):
            position, mark = match.start(), match.group()
            if mark == "\n":
                stack.clear()
                self.paragraphs.append(position + 1)
            elif mark in _CLOSE and stack:
                self.closing[stack.pop()] = position
            self._marks.append(position)
            self._levels.append(stack[-1] if stack else -1)
            if mark in _OPEN:
                stack.append(position)
            elif mark in _SENTENCE_ENDS and not stack:
                self.sentences.append(position + 1)

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end (after its full stop) of the sentence at a place."""
        index = bisect_right(self.sentences, place) - 1
        ends = self.sentences[index + 1] if index + 1 < len(self.sentences) else len(self.text)
        return self.sentences[index], ends

    def paragraph(self, place: int) -> int:
        return self.paragraphs[bisect_right(self.paragraphs, place) - 1]

    def bracket(self, place: int) -> int:
        """The innermost bracket that is open at a place, or -1."""
        index = bisect_left(self._marks, place) - 1
        if index < 0:
            return -1
        position = self._marks[index]
        if self.text[position] in _OPEN and self.closing.get(position, -1) > position:
            return position
        level = self._levels[index]
        return level if self.closing.get(level, -1) >= place else -1

    def clause_end(self, place: int) -> int:
        """The next comma, semicolon, stop or line end after a place, brackets stepped over."""
        index = bisect_left(self._marks, place)
        while index < len(self._marks):
            position = self._marks[index]
            mark = self.text[position]
            if mark in _OPEN and position in self.closing:
                index = bisect_left(self._marks, self.closing[position]) + 1
                continue
            if mark in _CLAUSE_ENDS or mark in _CLOSE:
                return position
            index += 1
        return len(self.text)

    def place(self, amount: Amount, previous: Amount | None, following: int) -> Place:
        """`previous`: the amount before it; `following`: where the next amount begins."""
        sentence, sentence_end = self.sentence(amount.start)
        sentence = max(sentence, amount.start - _LONGEST_SENTENCE)
        bracket = self.bracket(amount.start)
        clause = self._clause(amount.start, bracket, sentence)
        label = clause
        if previous and previous.end > clause and self.bracket(previous.start) == bracket:
            label = previous.end
        if label > clause:
            label += _past_noun(self.text[label : amount.start])
        index = bisect_left(self._marks, amount.end)
        after = self._marks[index] if index < len(self._marks) else len(self.text)
        if self.text[after : after + 1] == "、" and 0 < after - amount.end < 2:  # 132名专、兼职人员
            after = self._marks[index + 1] if index + 1 < len(self._marks) else len(self.text)
        return Place(
            paragraph=self.paragraph(amount.start),
            sentence=sentence,
            sentence_end=sentence_end,
            clause=clause,
            label=min(label, amount.start),
            after=min(after, max(following, amount.end)),
            bracket=bracket,
            since=max(sentence, previous.end if previous else 0),
        )

    def _clause(self, place: int, bracket: int, sentence: int) -> int:
        floor = max(sentence, bracket + 1)
        index = bisect_left(self._marks, place) - 1
        while index >= 0 and self._marks[index] >= floor:
            position = self._marks[index]
            if self.text[position] in _CLAUSE_ENDS and self._levels[index] == bracket:
                return position + 1
            index -= 1
        return floor


def _past_noun(words: str) -> int:
    """Where the words for an amount begin, behind what still belongs to the amount before it.

    `words`: all between the two; in 8户法人和3户机构 the noun of the first ends at its joint.
    """
    joint = _JOINTS.match(words)
    if joint and joint.end():
        return joint.end()
    later = _LATER_JOINT.search(words)
    return later.end() if later else 0


def without_brackets(text: str) -> str:
    return _BRACKETED.sub("", text) if "（" in text or "(" in text else text
