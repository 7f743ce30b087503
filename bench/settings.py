"""Production's settings, with one more address, the yardstick, and the bench's own commands."""

from coopconf.settings import *  # noqa: F403
from coopconf.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
