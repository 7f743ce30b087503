"""Signed leave to take a publication's files for a while, where no row is needed to remember it.

A ticket names a publication, the way by which it was come by and its end; it holds no address, so
neither a log line nor whoever finds it learns whom it was given to.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing

from events.models import DownloadTally, Publication

_SALT = "events.publications.ticket"
#: From the form to the button: the mailed link serves whoever comes back later.
AT_ONCE = dt.timedelta(hours=1)


def give(publication: Publication, way: DownloadTally.Way, *, until: dt.datetime) -> str:
    """Leave to take it until an instant."""
    return signing.dumps([publication.pk, way, until.isoformat()], salt=_SALT)


def read(text: str) -> tuple[int, DownloadTally.Way, dt.datetime] | None:
    """The publication's number, the way and the end of a ticket of ours; None for anything else."""
    try:
        number, way, until = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return number, DownloadTally.Way(way), dt.datetime.fromisoformat(until)
