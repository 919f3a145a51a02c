"""Every check of one report by itself."""

from .check import Check
from .figures import Figures
from .forms import check_forms
from .prose import check_prose
from .text_and_tables import check_totals


def check_report(figures: Figures) -> list[Check]:
    """The tables first, then the text, then the one beside the other."""
    return [*check_forms(figures), *check_prose(figures), *check_totals(figures)]
