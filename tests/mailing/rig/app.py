"""The rig's Celery application: the project's own, with minutes turned into seconds.

With RIG_WITHOUT_CLAIM=1 the guard is taken out: mails are read and sent without being claimed. A
rig that cannot show the damage this does could not show its absence either.
"""

from __future__ import annotations

import datetime as dt
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.mailing.rig.settings"
django.setup()

from coopconf.celery import app  # noqa: E402
from mailing import policy  # noqa: E402
from mailing.models import Mail  # noqa: E402
from mailing.services import delivery  # noqa: E402
from mailing.transport import Fate, Outcome  # noqa: E402

app.conf.beat_schedule = {"pump-mail": {"task": "mailing.tasks.pump", "schedule": 0.5}}

policy.LEASE = dt.timedelta(seconds=float(os.environ["RIG_LEASE"]))
policy.SEND_WITHIN = policy.LEASE / 2
policy.UNCERTAIN_WAIT = dt.timedelta(seconds=1)
policy.BACK_OFF = (dt.timedelta(seconds=1),)
policy.PUMP_BUDGET = dt.timedelta(seconds=10)


def _first_due(*, at: dt.datetime) -> Mail | None:
    mail = Mail.objects.due(at).first()
    if mail is not None:
        mail.state = Mail.State.SENDING
    return mail


def _record_anyway(*, mail: Mail, outcome: Outcome, at: dt.datetime) -> str:
    if outcome.fate is Fate.ACCEPTED:
        Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=at, settled_at=at)
    else:
        Mail.objects.filter(pk=mail.pk, state="pending").update(next_try_at=at + policy.BACK_OFF[0])
    return outcome.fate.name


if os.environ.get("RIG_WITHOUT_CLAIM"):
    delivery.claim_next = _first_due
    delivery.record = _record_anyway
