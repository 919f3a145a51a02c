import pytest

from gongkai.graph.dictionary.pinyin import sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("宿迁市交通运输局", "su qian shi jiao tong yun shu ju"),
        ("重庆市", "chong qing shi"),
        ("重点", "zhong dian"),
        ("PPP项目（２０１６）", "ppp xiang mu 2016"),
        ("〇é𠮷", "ling e u20bb7"),
        ("《 》", ""),
    ],
)
def test_a_name_is_spelled_in_ascii(name: str, key: str) -> None:
    assert sort_key(name) == key


def test_names_sort_by_syllable_not_by_letter() -> None:
    assert sorted(["西安市", "先进区", "希望区"], key=sort_key) == ["西安市", "希望区", "先进区"]
