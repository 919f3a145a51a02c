"""Numbers that are no figures by their own shape."""

import re

from gongkai.loaders.folding import fold
from gongkai.loaders.not_figures import SHAPES
from tests.loaders.narratives import CASES


def test_a_shape_begins_only_with_the_characters_that_it_declares() -> None:
    text = "\n".join(fold(case["text"]) for case in CASES)
    for name, first, pattern in SHAPES:
        begins = re.compile(f"[{first}]")
        found = [match[0] for match in re.finditer(pattern, text)]
        assert found, f"no case of the data shows the shape {name}"
        assert [words for words in found if not begins.match(words)] == [], name
