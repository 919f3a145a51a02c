"""Fixtures and where to find things.

Reach for `tests.factories` to build small extracts inline; for the sample reports that ship with
Gongkai use `gongkai.loaders.load.SAMPLES`; for the real reports use `REAL_REPORTS` with the
`real_reports` marker below: they stand beside the project, and only where they are absent may
their tests be skipped. Prefer a real embedded store in `tmp_path` to anything mocked.
"""

from pathlib import Path

import pytest

REAL_REPORTS = Path(__file__).parents[2] / "shared" / "reports"

real_reports = pytest.mark.skipif(
    not REAL_REPORTS.is_dir(), reason="the real reports are not beside the project"
)
