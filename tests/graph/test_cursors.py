import pytest

from gongkai.graph.cursors import decode, encode, mark_of, place_of
from gongkai.graph.errors import CursorRefused
from gongkai.graph.plan import Order
from gongkai.graph.schema import HOPS, Label

ID = "agency:3f9a51c07be2d486"


@pytest.mark.parametrize(
    "keys", [("政府公报", 2016), ("", None), (None, -0.5), ("a.b-", 1e-05), ("\x00\n", 140000)]
)
def test_a_cursor_gives_its_keys_back(keys: tuple[str | None, float | None]) -> None:
    mark = mark_of("Agency", (Order("name"), Order("year")))
    assert decode(encode(mark, keys, ID), mark, [False, True]) == (*keys, ID)


def test_a_mark_tells_lists_and_orders_apart() -> None:
    hop = HOPS[Label.AGENCY, "reports"]
    places = [
        place_of(Label.REPORT, None),
        place_of(Label.REPORT, hop),
        place_of(Label.AGENCY, HOPS[Label.REPORT, "agency"]),
    ]
    orders = [(), (Order("year"),), (Order("year", descending=True),)]
    assert len({mark_of(place, order) for place in places for order in orders}) == 9


@pytest.mark.parametrize("key", ["", "nan", "inf", "1_0", " 1", "0x1", "1e", "一"])
def test_a_key_that_is_no_number_is_refused(key: str) -> None:
    cursor = f"{key.encode().hex().upper()}.{ID.encode().hex().upper()}.mark"
    with pytest.raises(CursorRefused, match="not one that this API gave out"):
        decode(cursor, "mark", [True])


@pytest.mark.parametrize("part", ["6g", "6", "E694", "e6", "-"])
def test_text_that_is_no_hex_is_refused_as_an_id(part: str) -> None:
    with pytest.raises(CursorRefused, match="not one that this API gave out"):
        decode(f"{part}.mark", "mark", [])
