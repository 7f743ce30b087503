"""What `manage.py doctor` looks at: one function a part, each ending in a finding."""

from __future__ import annotations

import datetime as dt
import shutil
import smtplib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

import clock
from coopconf import machinery
from mailing.models import Heartbeat
from members.roles import Role

#: Below this a night's backup or a day's logs may not fit.
LEAST_DISK = 1_000_000_000
MOST_SKEW = dt.timedelta(seconds=2)
BEAT_SILENT = dt.timedelta(minutes=10)
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
OWN_PROCESS_CACHES = ("locmem", "dummy")
NEEDED_FILES = ("brand.css", "vendor/bootstrap/bootstrap.css", "site.js")
NEEDED_FONTS = (
    "fonts/source-sans-3-latin-400-normal.woff2",
    "fonts/source-sans-3-latin-ext-400-normal.woff2",
)


@dataclass(frozen=True)
class Finding:
    """One part: whether it is well, what was seen, and what to do."""

    part: str
    is_well: bool
    seen: str
    mend: str = ""

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def database() -> Finding:
    """Does it answer, and does its clock agree with this machine's?"""
    fault = machinery.database_fault()
    if fault:
        return Finding("database", False, fault, "Start it, or correct DATABASE_URL.")
    skew = abs(clock.arrival() - dt.datetime.now(dt.UTC))
    if skew > MOST_SKEW:
        return Finding(
            "database",
            False,
            f"Its clock and this machine's are {skew.total_seconds():.0f} s apart.",
            "Let both follow a time server; deadlines are judged by the database's clock.",
        )
    return Finding("database", True, f"{connection.vendor} answers; the clocks agree.")


def migrations() -> Finding:
    """Is the database of this version of the code?"""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{m.app_label}.{m.name}" for m, _ in waiting[:5])
        return Finding(
            "migrations", False, f"{len(waiting)} not applied: {names}", "Run manage.py migrate."
        )
    return Finding("migrations", True, "All applied.")


def roles() -> Finding:
    """Are the groups of the party's roles there, and is somebody administrator?"""
    missing = sorted(set(Role.values) - set(Group.objects.values_list("name", flat=True)))
    if missing:
        return Finding(
            "roles", False, f"Missing: {', '.join(missing)}.", "Run manage.py migrate members."
        )
    return Finding("roles", True, f"{len(Role.values)} role groups are there.")


def shared_cache() -> Finding:
    """Rate limits live in the cache: each process counting for itself counts wrongly."""
    backend = settings.CACHES["default"]["BACKEND"]
    if any(name in backend for name in OWN_PROCESS_CACHES):
        return Finding(
            "cache", False, f"{backend} is not shared by the processes.", "Set REDIS_URL."
        )
    try:
        cache.set("doctor", "well", 10)
        kept = cache.get("doctor") == "well"
    except Exception as error:  # each cache client has errors of its own
        return Finding(
            "cache", False, f"It fails ({type(error).__name__}).", "Start Redis, or mend REDIS_URL."
        )
    return Finding("cache", kept, "Shared and answering." if kept else "It forgets at once.")


def broker() -> Finding:
    """Can work be handed to the workers?"""
    fault = machinery.broker_fault()
    mend = "Start Redis, or correct REDIS_URL. Mail waits in the database meanwhile."
    return Finding("broker", not fault, fault or "It answers.", mend if fault else "")


def beat() -> Finding:
    """Has the timer been heard of lately?"""
    seen = Heartbeat.objects.filter(name=Heartbeat.BEAT).values_list("at", flat=True).first()
    at = clock.now()
    mend = "Start one worker and one `celery --app coopconf beat` (see docs/operating.md)."
    if settings.DEBUG:
        mend = "Nothing is running here: `make run` starts everything."
    if seen is None:
        return Finding("beat", False, "It has never been heard of.", mend)
    if at - seen >= BEAT_SILENT:
        minutes = int((at - seen).total_seconds() // 60)
        return Finding("beat", False, f"Not heard of for {minutes} minutes.", mend)
    return Finding("beat", True, "Heard of within ten minutes.")


def mail() -> Finding:
    """Would the relay talk to us? (No mail is sent.)"""
    if settings.EMAIL_BACKEND != SMTP_BACKEND:
        word = "caught on this machine" if settings.DEBUG else f"handed to {settings.EMAIL_BACKEND}"
        is_well = not settings.PRODUCTION
        return Finding("mail", is_well, f"Mail is {word}.", "" if is_well else "Set EMAIL_URL.")
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        with kind(
            settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT
        ) as relay:
            if settings.EMAIL_USE_TLS:
                relay.starttls()
            if settings.EMAIL_HOST_USER:
                relay.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (OSError, smtplib.SMTPException) as error:
        seen = f"The relay refuses or does not answer ({type(error).__name__})."
        return Finding("mail", False, seen, "Correct EMAIL_URL, or ask the relay's operator.")
    return Finding("mail", True, "The relay answers and lets us in.")


def address() -> Finding:
    """Do the links in mails lead here?"""
    is_well = settings.SITE_URL.startswith("https://") or not settings.PRODUCTION
    return Finding("address", is_well, f"Links in mails begin with {settings.SITE_URL}")


def static_files() -> Finding:
    """Are style, script and fonts there, collected where that is needed?"""
    missing = [name for name in (*NEEDED_FILES, *NEEDED_FONTS) if finders.find(name) is None]
    if missing:
        return Finding(
            "static files", False, f"Missing: {', '.join(missing)}.", "Check the code out again."
        )
    if settings.PRODUCTION:
        collected = getattr(staticfiles_storage, "hashed_files", {})
        missing = [name for name in (*NEEDED_FILES, *NEEDED_FONTS) if name not in collected]
        if missing:
            seen = f"Not collected: {', '.join(missing)}."
            return Finding("static files", False, seen, "Run manage.py collectstatic --noinput.")
    return Finding("static files", True, "Style, script and fonts are there.")


def time_zone() -> Finding:
    """Does this machine know when London's clocks change?"""
    try:
        offset = dt.datetime(2027, 7, 1, tzinfo=ZoneInfo("Europe/London")).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    if offset != dt.timedelta(hours=1):
        seen = "London's summer time is unknown here: every deadline would be an hour off."
        return Finding("time zone", False, seen, "Install the tzdata package.")
    return Finding("time zone", True, "London's clock changes are known.")


def disk() -> Finding:
    """Is there room for the database, uploads and logs?"""
    folder = Path(settings.VAR_DIR)
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    seen = f"{free / 1e9:.1f} GB free in {folder}"
    return Finding("disk", free >= LEAST_DISK, seen, "" if free >= LEAST_DISK else "Make room.")


#: Looked at in this order; those in the second list only when the database answers.
ALWAYS: tuple[Callable[[], Finding], ...] = (
    database,
    shared_cache,
    broker,
    mail,
    address,
    static_files,
    time_zone,
    disk,
)
WITH_DATABASE: tuple[Callable[[], Finding], ...] = (migrations, roles, beat)


def examine() -> list[Finding]:
    """Every finding; a part that cannot even be looked at is one that is not well."""
    found = [look() for look in ALWAYS]
    if not found[0].is_well:
        return found
    for look in WITH_DATABASE:
        try:
            found.append(look())
        except DatabaseError as error:
            seen = f"It cannot be looked at ({type(error).__name__})."
            found.append(Finding(look.__name__, False, seen, "Run manage.py migrate."))
    return found
