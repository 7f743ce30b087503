"""Are the parts this site is made of there? Asked by /readyz, by `doctor` and by `make run`.

Each function returns None when all is well, or one sentence saying what is wrong.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import DatabaseError, connection
from kombu.exceptions import KombuError, OperationalError

from coopconf.celery import app
from mailing import health

BROKER_SECONDS = 2
BROKER_FAULTS: tuple[type[Exception], ...] = (OSError, KombuError, OperationalError)
if not settings.REDIS_URL:  # only the broker in a file is worth its 11 MB a process
    from sqlalchemy.exc import SQLAlchemyError

    BROKER_FAULTS += (SQLAlchemyError,)


def database_fault() -> str | None:
    """Does the database answer?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return f"The database does not answer ({type(error).__name__})."
    return None


def broker_fault() -> str | None:
    """Does the broker answer? Without it mail is late, not lost: the truth is in the database."""
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS, interval_start=0.2)
    except BROKER_FAULTS as error:
        return f"The broker does not answer ({type(error).__name__})."
    return None


def mail_fault(at: dt.datetime) -> str | None:
    """Is mail going out?"""
    found = health.state(at)
    return None if found.status == health.Status.HEALTHY else found.sentence
