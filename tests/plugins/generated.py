"""Generated inputs are judged by what comes out, never by the time a busy machine took.

The suite tries the same inputs every time, so that it fails only for a change; the drill tries new
ones, and very many.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "drill", settings.get_profile("suite"), derandomize=False, max_examples=5_000
)
settings.load_profile("drill" if os.environ.get("DRILL") == "1" else "suite")
