"""Where a door leads: lower apps say which page takes what a deadline judges.

Registered once, in an `AppConfig.ready`. The page's address is made from the conference's slug.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from events.models import Conference, Deadline


@dataclass(frozen=True, slots=True)
class Doorway:
    """The form behind a deadline: the name of its address and the words of the link.

    A conference for which people only register their interest may call it something else.
    """

    url_name: str
    action: str
    action_for_interest: str = ""

    def url(self, conference: Conference) -> str:
        """Its address at one conference."""
        return reverse(self.url_name, args=[conference.slug])

    def words(self, conference: Conference) -> str:
        """What the link is called at one conference."""
        is_interest = conference.attendance == Conference.Attendance.INTEREST
        return self.action_for_interest if is_interest and self.action_for_interest else self.action


_doorways: dict[str, Doorway] = {}


def register(kind: str, url_name: str, action: str, *, action_for_interest: str = "") -> None:
    """Say where a kind of deadline leads: an address that takes the conference's slug alone."""
    _doorways[Deadline.Kind(kind).value] = Doorway(url_name, action, action_for_interest)


def doorway(kind: str) -> Doorway | None:
    """Where this kind of deadline leads, if anywhere."""
    return _doorways.get(kind)
