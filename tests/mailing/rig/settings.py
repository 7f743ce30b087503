"""The real settings, cut down to mail, for the rig's own worker and timer processes."""

import os

os.environ["ENVIRONMENT"] = "test"

from coopconf.settings import *  # noqa: E402, F403
from coopconf.settings import BASE_DIR, TEMPLATES  # noqa: E402

INSTALLED_APPS = ["mailing"]
ROOT_URLCONF = "tests.mailing.rig.urls"
SITE_URL = "https://conference.example"
TEMPLATES[0]["DIRS"] = [BASE_DIR / "tests" / "mailing" / "templates", BASE_DIR / "templates"]
CELERY_BROKER_URL = os.environ["REDIS_URL"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["RIG_SMTP_PORT"])
DEFAULT_FROM_EMAIL = "Conferences <conferences@conference.example>"
EMAIL_TIMEOUT = 5
