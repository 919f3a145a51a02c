from gongkai.graph.search import find, fold_search, match_expression, terms, tokens


def test_folding_keeps_every_character_at_its_place() -> None:
    text = "ＡＢＣ，臺灣㈠政府資訊公開№５ﬁİ"
    assert len(fold_search(text)) == len(text)
    assert fold_search("ＡＢＣ資訊公開５") == "abc资讯公开5"


def test_a_query_is_split_at_any_white_space() -> None:
    assert terms(" 政府　公报\tPPP ") == ("政府", "公报", "ppp")


def test_punctuation_is_part_of_a_term() -> None:
    assert tokens("〔2016〕5号") == "〔2 20 01 16 6〕 〕5 5号 号"
    assert tokens("a-b") == "a－ －b b"
    assert match_expression('say "x"') == '"sa ay" AND "＂x x＂"'


def test_a_match_is_one_property_with_every_term() -> None:
    assert find("公开 网站", [("name", "公开"), ("text", "网站")]) is None
    found = find("公开 网站", [("name", "公开"), ("text", "网站主动公开")])
    assert found is not None
    assert (found.field, found.start, found.end) == ("text", 4, 6)


def test_a_snippet_says_where_text_was_left_out() -> None:
    found = find("公报", [("text", "前" * 50 + "公報" + "后" * 10)])
    assert found is not None
    assert found.snippet == "…" + "前" * 40 + "公報" + "后" * 10


def test_the_span_of_a_figure_stands_in_its_report() -> None:
    quote = "全市公开政府信息3709条"
    fields = [("measure", "公开政府信息"), ("quote", quote)]
    found = find("政府信息", fields, (100, quote))
    assert found is not None
    assert (found.field, found.start, found.end) == ("measure", 104, 108)
    carried_over = find("权力清单", [("measure", "权力清单"), ("quote", quote)], (100, quote))
    assert carried_over is not None
    assert (carried_over.start, carried_over.end) == (100, 100 + len(quote))
