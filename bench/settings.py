"""Production's settings, with one more address: the yardstick."""

from coopconf.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
