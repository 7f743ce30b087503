"""Celery only wakes work whose truth is in the database. This is the one list of periodic jobs."""

from __future__ import annotations

import logging.config
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coopconf.settings")

app = Celery("coopconf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_like_the_web(**_: Any) -> None:
    """Workers and beat write the same lines, without personal data, as the web processes."""
    logging.config.dictConfig(settings.LOGGING)


app.conf.beat_schedule = {
    # Deliver what is due. Claims make two beats harmless.
    "pump-mail": {"task": "mailing.tasks.pump", "schedule": 5.0},
    # What is due and not yet told?
    "plan-reminders": {"task": "events.tasks.plan_reminders", "schedule": 60.0},
    # Motions that people follow: one mail a day, after six in the evening.
    "tell-followers": {"task": "motions.tasks.tell_followers", "schedule": 600.0},
    # What has been kept long enough goes, early on the day by London's clock, summer and winter.
    "enforce-retention": {
        "task": "members.tasks.enforce_retention",
        "schedule": crontab(hour="0", minute="20"),
    },
    # A composite on which the bodies have not agreed by its date ends, and they are told.
    "end-composites": {"task": "motions.tasks.end_composites", "schedule": 300.0},
    # A nominee who has to be a delegate: confirmed or struck out when registration has closed.
    "judge-nominations": {"task": "motions.tasks.judge_nominations", "schedule": 300.0},
    # Awards that have been presented: what the panel did enters the trail, those concerned are told.
    "open-awards": {"task": "motions.tasks.open_awards", "schedule": 300.0},
    # Who came to a conference goes on the day that was stated. An hourly look costs one query.
    "purge-scans": {"task": "registrations.tasks.purge_scans", "schedule": 3600.0},
}
