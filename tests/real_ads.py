"""Where the real ads of other job boards lie: beside the project, or where INGANG_DATA says."""

import os
from pathlib import Path

import pytest
from django.conf import settings

BESIDE = [Path(above) / "shared" / "data" for above in list(Path(settings.BASE_DIR).parents)[:2]]
ADS = next((found / "ads" for found in [Path(os.environ.get("INGANG_DATA", "")), *BESIDE] if (found / "ads").is_dir()), BESIDE[0] / "ads")
FILES = (("arbetsformedlingen-2019", "af2019", 2), ("jobtech", "jobtech", 3), ("nav", "nav", 2))

needs_ads = pytest.mark.skipif(not ADS.is_dir(), reason="the real ads are not on this machine")
