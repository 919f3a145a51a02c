"""`python -m tests.evaluation [FOLDER...] [--json] [--misses]`: how well reports are read.

Without a folder: the composed documents and their variations, and the real reports where they are at hand.
"""

import argparse
import json
import sys
from pathlib import Path

from tests.conftest import REAL_REPORTS

from .gold import Gold, read_all
from .judging import judge
from .marks import Mark
from .printing import as_json, misses_of, tables_of, variations_of
from .variations import judge_variations

HERE = Path(__file__).parent


def standing_gold() -> list[Gold]:
    """The gold of the project; that of real reports only where the reports are."""
    found = read_all(HERE / "composed") + read_all(HERE / "reports", REAL_REPORTS)
    return [gold for gold in found if gold.document.is_file()]


def main() -> None:
    options = argparse.ArgumentParser(prog="evaluate", description=__doc__)
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--json", action="store_true", help="the same for programs")
    options.add_argument("--misses", action="store_true", help="each miss with its quote")
    said = options.parse_args()
    gold = [one for folder in said.folders for one in read_all(folder)] or standing_gold()
    marks: list[Mark] = [mark for one in gold for mark in judge(one)]
    varied = [] if said.folders else judge_variations(read_all(HERE / "composed"))
    if said.json:
        sys.stdout.write(json.dumps(as_json(marks, varied), ensure_ascii=False, indent=2) + "\n")
        return
    sys.stdout.write(f"{len(gold)} documents\n\n" + tables_of(marks))
    if varied:
        sys.stdout.write("\n" + variations_of(varied))
    if said.misses:
        sys.stdout.write("\n" + misses_of(marks + varied))


if __name__ == "__main__":
    main()
