"""What the demo year has published: one for everybody, one for registrants, one by a form."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.files.base import ContentFile

from events.calendar import london_instant
from events.imprints import imprint_for
from events.models import Campaign, Conference, Publication
from events.publications.services import NewVersion, add_version
from members.models import User
from papers import typesetting

CAMPAIGN = "demo-community-power"


def tell(annual: Conference, *, by: User, at: dt.datetime) -> None:
    """A campaign with its report, a handbook for delegates, a report in its second version."""
    campaign = Campaign.objects.create(
        slug=CAMPAIGN,
        title="Community Power Taskforce (demo)",
        summary="A made-up taskforce on what people own together: energy, land, shops and care.",
        people="Harriet Cole, co-chair\nImran Yousaf, co-chair",
        supporters="bodies made up for this demo",
        is_public=True,
    )
    councillors = Conference.objects.get(slug="demo-councillors")
    launched = london_instant(councillors.starts_on, dt.time(0, 0))
    file = _placeholder(annual, at)
    report = _publication(
        "demo-by-us-for-us", "By Us, For Us (demo)", conference=councillors, publish_at=launched
    )
    _add(report, file, by=by, at=launched)
    second = min(launched + dt.timedelta(days=21), at)
    _add(report, file, by=by, at=second, note="Figures of the councils brought up to date.")
    handbook = _publication(
        "demo-delegates-handbook",
        "Delegate's handbook (demo)",
        conference=annual,
        kind=Publication.Kind.GUIDE,
        access=Publication.Access.REGISTRANTS,
    )
    _add(handbook, file, by=by, at=at)
    power = _publication(
        "demo-community-power-toolkit",
        "Community power: a toolkit (demo)",
        campaign=campaign,
        kind=Publication.Kind.TOOLKIT,
        access=Publication.Access.FORM,
        summary="How a community buys its shop, its roof for the sun, or the field at its end.",
    )
    _add(power, file, by=by, at=at)


def _publication(slug: str, title: str, **facts: object) -> Publication:
    return Publication.objects.create(slug=slug, title=title, is_draft=False, **facts)


def _add(row: Publication, file: bytes, *, by: User, at: dt.datetime, note: str = "") -> None:
    given = NewVersion(document=ContentFile(file), note=note, pages=1)
    add_version(by=by, publication=row, given=given, at=at, key=uuid.uuid4())


def _placeholder(annual: Conference, at: dt.datetime) -> bytes:
    """A page that says what it is: no real publication comes with the software."""
    data = {
        "title": "A placeholder",
        "imprint": imprint_for(annual, at),
        "reference": "demo",
        "paragraphs": [
            "This page stands in for a publication of the demo year. It says nothing else: the "
            "files of real publications are added by staff."
        ],
    }
    return typesetting.pdf("papers/letter.typ", data)
