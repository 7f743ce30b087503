"""May *you* take a publication's files, and by which way?"""

from __future__ import annotations

import datetime as dt

from events.models import DownloadTally, Publication
from events.publications import registrants, tickets
from members.models import User
from members.personal_data import Person
from members.roles import Role, has_role

Way = DownloadTally.Way


def may_edit(user: User) -> bool:
    """Programme editors (and administrators) publish."""
    return has_role(user, Role.PROGRAMME_EDITOR)


def way_in(publication: Publication, user: User, ticket: str, at: dt.datetime) -> Way | None:
    """The way by which this person may take its files now; None: by none yet."""
    given = tickets.read(ticket) if ticket else None
    if given is not None and given[0] == publication.pk and at < given[2]:
        return given[1]
    if publication.access == Publication.Access.PUBLIC:
        return Way.PUBLIC
    if publication.access == Publication.Access.REGISTRANTS and _is_registered(publication, user):
        return Way.REGISTRANT
    return None


def _is_registered(publication: Publication, user: User) -> bool:
    if not user.is_authenticated or publication.conference is None:
        return False
    return registrants.is_registered(publication.conference, Person.of(user))
