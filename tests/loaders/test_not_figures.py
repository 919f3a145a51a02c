"""Numbers that are no figures by their own shape."""

import re
import tomllib
from pathlib import Path

from gongkai.loaders.folding import fold
from gongkai.loaders.not_figures import SHAPES

DATA = Path(__file__).parents[1] / "data"


def test_a_shape_begins_only_with_the_characters_that_it_declares() -> None:
    text = "\n".join(
        fold(case["text"])
        for path in sorted((DATA / "narrative").glob("*.toml"))
        for case in tomllib.loads(path.read_text("utf-8"))["case"]
    )
    for name, first, pattern in SHAPES:
        begins = re.compile(f"[{first}]")
        found = [match[0] for match in re.finditer(pattern, text)]
        assert found, f"no case of the data shows the shape {name}"
        assert [words for words in found if not begins.match(words)] == [], name
