"""Each setting stands in the README."""

from pathlib import Path

from gongkai.graph.neo4j.connections import SETTINGS

README = Path(__file__).parents[3] / "README.md"


def test_every_setting_is_explained() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in SETTINGS if f"`{name}`" not in text] == []
