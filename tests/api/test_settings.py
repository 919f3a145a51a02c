"""Settings come from the environment, checked at start."""

import re
from pathlib import Path

import msgspec
import pytest

from gongkai.api import errors
from gongkai.api.settings import Settings
from gongkai.graph.errors import UsageError

API = Path(__file__).parents[2] / "api"


def test_defaults_are_those_of_the_contract() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings().max_aliases == 60
    assert Settings().max_body_bytes == 1_000_000


def test_each_setting_is_an_environment_variable() -> None:
    read = Settings.from_environment(
        {
            "GONGKAI_MAX_ALIASES": "7",
            "GONGKAI_TIMEOUT_SECONDS": "0.5",
            "GONGKAI_CORS_ORIGINS": "https://a.example, https://b.example",
            "GONGKAI_STORE": "elsewhere.db",
        }
    )

    assert read == Settings(
        max_aliases=7,
        timeout_seconds=0.5,
        cors_origins=("https://a.example", "https://b.example"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_MAX_ALIASES", "many"),
        ("GONGKAI_MAX_ALIASES", "0"),
        ("GONGKAI_MAX_DEPTH", "2.5"),
        ("GONGKAI_TIMEOUT_SECONDS", "-1"),
        ("GONGKAI_DEFAULT_PAGE", "2000"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} is .*{value}"):
        Settings.from_environment({name: value})


def test_every_setting_says_what_it_is() -> None:
    (fields,) = (msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"],)

    assert [name for name, field in fields.items() if not field.get("description")] == []


def test_every_code_is_in_the_list_of_codes() -> None:
    code = re.compile(r'(?:refusal|over_limit|coded\(\w+,)\(?\s*"([A-Z_]+)"')
    used = {
        found
        for path in API.glob("*.py")
        for found in code.findall(path.read_text(encoding="utf-8"))
    }

    assert len(used) > 15
    assert [item for item in used if item not in (errors.__doc__ or "")] == []
