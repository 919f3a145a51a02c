"""Many different reports: a sample report under the names of other bodies and years."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from gongkai.graph.dictionary.regions import all_regions
from gongkai.graph.extract import Extract, Level
from gongkai.loaders.load import SAMPLES, read_bytes

_YEARS = range(2015, 2025)


def generated_reports(count: int) -> Iterator[Extract]:
    """`count` reports of as many bodies and years, each with all tables of the 2021 form."""
    text = (SAMPLES / "suqian-2024.html").read_text(encoding="utf-8")
    named = Counter(region.name for region in all_regions())
    counties = (
        region.name
        for region in all_regions()
        if region.level is Level.COUNTY and named[region.name] == 1 and region.until == 9999
    )
    pairs = ((name, year) for name in counties for year in _YEARS)
    for name, year in islice(pairs, count):
        page = text.replace("宿迁市", name).replace("2024年", f"{year}年")
        yield read_bytes(page.encode(), f"{name}-{year}.html")
