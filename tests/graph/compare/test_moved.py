"""Sentences followed from one text to another."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.graph.compare.moved import SentenceKind, changes, sentences

TRAINED = "全年组织业务培训三次。"
VISITED = "上门走访了十二个街道。"
ANSWERED = "共答复申请15件，均在期限之内。"


def kinds(before: str, after: str) -> list[tuple[SentenceKind, bool]]:
    return [(change.kind, change.moved) for change in changes(before, after)]


def test_a_sentence_that_stays_is_kept() -> None:
    assert kinds(TRAINED + VISITED, TRAINED + VISITED) == [
        (SentenceKind.KEPT, False),
        (SentenceKind.KEPT, False),
    ]


def test_a_sentence_is_followed_to_its_new_place() -> None:
    [first, second, third] = changes(TRAINED + VISITED + ANSWERED, ANSWERED + TRAINED + VISITED)

    assert (first.kind, first.moved) == (SentenceKind.KEPT, True)
    assert (second.moved, third.moved) == (False, False)
    assert first.before is not None
    assert first.after is not None
    assert (first.before.start, first.after.start) == (len(TRAINED + VISITED), 0)
    assert first.before.quote == first.after.quote == ANSWERED


def test_a_number_that_changes_rewrites_its_sentence() -> None:
    [change] = changes(ANSWERED, ANSWERED.replace("15", "1,204"))

    assert (change.kind, change.similarity) == (SentenceKind.REWRITTEN, 1)
    assert change.after is not None
    assert "1,204" in change.after.quote


def test_words_that_change_rewrite_their_sentence_where_most_stay() -> None:
    [rewritten] = changes(VISITED, "上门走访了十二个街道和社区。")
    [new, gone] = changes(VISITED, "年内没有收取任何费用。")

    assert rewritten.kind is SentenceKind.REWRITTEN
    assert 0.5 <= rewritten.similarity < 1
    assert (new.kind, gone.kind) == (SentenceKind.APPEARED, SentenceKind.VANISHED)


def test_line_breaks_inside_a_line_of_white_space_change_nothing() -> None:
    assert kinds(TRAINED, TRAINED.replace("组织", "组 织")) == [(SentenceKind.KEPT, False)]


def test_repeated_sentences_are_each_paired_once() -> None:
    assert kinds(TRAINED * 3, TRAINED * 2) == [
        (SentenceKind.KEPT, False),
        (SentenceKind.KEPT, False),
        (SentenceKind.VANISHED, False),
    ]


def test_rows_of_tables_and_bare_numbers_are_no_sentences() -> None:
    text = f"一、概述\n规章\t2\t0\t11\n{TRAINED}\n2024"

    assert [sentence.quote for sentence in sentences(text)] == [TRAINED]


@given(
    st.lists(st.sampled_from([TRAINED, VISITED, ANSWERED, "年内没有收取任何费用。"]), max_size=8)
)
def test_every_sentence_is_told_of_once_at_its_place(parts: list[str]) -> None:
    before, after = "".join(parts), "".join(reversed(parts))

    told = changes(before, after)

    for text, side in ((before, "before"), (after, "after")):
        shown = [getattr(change, side) for change in told if getattr(change, side)]
        assert sorted(shown) == sorted(sentences(text))
        assert all(text[one.start : one.end] == one.quote for one in shown)
    assert all(change.kind is SentenceKind.KEPT for change in told)
