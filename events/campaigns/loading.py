"""A campaign as a file: read, compared and loaded; lower apps own sections as in conference files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from events.files.loading import FileRefused
from events.files.node import Node, Problem, parse
from events.models import Campaign, Imprint
from events.publications.files import load_for
from events.services.public_pages import mark_changed
from members import audit
from members.models import User

Load = Callable[[Campaign, Node, dt.datetime], bool]

FIELDS = ("slug", "title", "summary", "people", "supported_by", "contact", "imprint", "public")
_sections: dict[str, Load] = {}


def register(name: str, load: Load) -> None:
    """Add a section to campaign files; it says whether it changed anything."""
    if _sections.get(name, load) is not load:
        raise ValueError(f"There is already a section called {name}.")
    _sections[name] = load


@transaction.atomic
def load(*, by: User | None, text: str, at: dt.datetime, digest: str = "") -> Campaign:
    """Make the campaign of this file exist and say what the file says; twice is once.

    Raises FileRefused with every problem; then nothing is kept.
    """
    root = parse(text)
    if isinstance(root, Problem):
        raise FileRefused([root])
    root.only(*FIELDS, "publications", *_sections)
    root.require("slug")
    root.require("title")
    facts = _facts(root)
    if root.problems:
        raise FileRefused(root.problems)
    found = Campaign.objects.select_for_update(of=("self",)).filter(slug=root.text("slug")).first()
    campaign = found or Campaign(slug=root.text("slug"))
    changed = found is None or any(getattr(found, name) != value for name, value in facts.items())
    for name, value in (facts | {"file_digest": digest}).items():
        setattr(campaign, name, value)
    campaign.save()
    publications = root.child("publications")
    if publications is not None:
        changed = load_for(publications, campaign=campaign) or changed
    for name, section in _sections.items():
        node = root.child(name)
        if node is not None:
            changed = section(campaign, node, at) or changed
    if root.problems:
        raise FileRefused(root.problems)
    if changed:
        _tell(by, campaign, at)
    return campaign


def _tell(by: User | None, campaign: Campaign, at: dt.datetime) -> None:
    audit.record(by=by, action="campaign.loaded", on=campaign, at=at, after={"slug": campaign.slug})
    mark_changed()


def _facts(root: Node) -> dict[str, object]:
    contact = root.child("contact")
    if contact is not None:
        contact.only("name", "email", "phone")
    words = root.text("imprint")
    return {
        "title": root.text("title", longest=200),
        "summary": root.text("summary"),
        "people": "\n".join(root.texts("people", longest=200)),
        "supporters": root.text("supported_by", longest=200),
        "contact_name": contact.text("name", longest=120) if contact else "",
        "contact_email": contact.email("email") if contact else "",
        "contact_phone": contact.text("phone", longest=40) if contact else "",
        "imprint": _imprint(words) if words else None,
        "is_public": root.flag("public"),
    }


def _imprint(words: str) -> Imprint:
    """The version of these words; made for this campaign alone when there is none."""
    return Imprint.objects.filter(text=words).first() or Imprint.objects.create(
        text=words, note="of a campaign's file"
    )
