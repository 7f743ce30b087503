"""A conference with three motions on one theme, the bodies behind them and the committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from events.models import Conference
from mailing.models import Mail
from members.models import User
from motions.composites.forms import clause_rows
from motions.composites.models import (
    Answer,
    ClauseSource,
    Composite,
    CompositeClause,
    CompositePart,
    CompositeVersion,
)
from motions.composites.services import answering, drafting, grouping, laying, publishing
from motions.composites.services.answering import Reply
from motions.composites.services.drafting import Draft
from motions.composites.standings import Standing, standing_of
from motions.composites.wordings import wordings_of
from motions.models import Call, Motion
from motions.texts.composing import union
from tests.factories import (
    make_appointment,
    make_deadline,
    make_officer,
    make_society,
    make_user,
    sign_in,
)
from tests.motions.make import key, make_call, make_motion

#: The day of April 2016 on which these stories happen, at noon, and the last day to answer.
NOW = dt.datetime(2016, 4, 20, 11, 0, tzinfo=dt.UTC)
LAST_DAY = dt.date(2016, 5, 10)
CLOSED = dt.datetime(2016, 5, 10, 23, 0, tzinfo=dt.UTC)
THEME = "Community energy"
TEXTS = {
    "Severn": """Conference notes:

- that community energy lowers bills;
- that the rules of the grid hold societies back.

Conference resolves:

- to ask the NEC for a plan for community energy.""",
    "Tyne": """Conference notes:

- that community energy lowers our bills;
- that branches want to begin.

Conference resolves:

- to train organisers in every region.""",
    "Mersey": """Conference believes that roofs of co-operative shops should carry panels.""",
}


@dataclass
class Story:
    """The rows of a story, and short ways to act in it."""

    call: Call
    motions: dict[str, Motion]
    officers: dict[str, User]
    cac: User
    composite: Composite | None = field(default=None)

    @property
    def conference(self) -> Conference:
        """The conference it is about."""
        return self.call.conference

    def group(self, *names: str, **facts: object) -> Composite:
        """The committee groups these motions; all three when none is named."""
        given = {
            "by": self.cac,
            "conference": self.conference,
            "motions": [self.motions[name] for name in names or self.motions],
            "theme": THEME,
            "answer_by": LAST_DAY,
            "at": NOW,
            "key": key(),
        }
        self.composite = grouping.group(**{**given, **facts})
        return self.composite

    def part(self, name: str) -> CompositePart:
        """The part of one body's motion."""
        return self.composite.parts.get(motion=self.motions[name])

    def standing(self) -> Standing:
        """Where it stands now."""
        return standing_of(Composite.objects.with_its_door().get(pk=self.composite.pk))

    def says(self, name: str) -> str:
        """What a body says now, in a word."""
        return self.standing().of(self.part(name).pk).says.value

    def draft(self, *names: str, **facts: object) -> CompositeVersion:
        """The committee saves all that these motions bring, moved by the first, seconded by the next."""
        wordings = wordings_of(
            self.composite.parts.select_related("motion__current_version").order_by("pk")
        )
        names = names or tuple(self.motions)
        labels = {self.part(name).label for name in names}
        texts = {label: blocks for label, blocks in wordings.texts.items() if label in labels}
        newest = drafting.newest_of(self.composite)
        given = {
            "title": THEME,
            "clauses": union(texts),
            "moved_by": self.part(names[0]),
            "seconded_by": self.part(names[1]),
        }
        at = facts.pop("at", NOW)
        return drafting.save(
            by=self.cac,
            composite=self.composite,
            base=facts.pop("base", newest.number if newest else 0),
            draft=Draft(**{**given, **facts}),
            at=at,
        ).version

    def lay(self, *names: str, at: dt.datetime = NOW, **facts: object) -> CompositeVersion:
        """Drafted and laid before the bodies."""
        version = self.draft(*names, at=at, **facts)
        return laying.lay(by=self.cac, composite=self.composite, version=version.number, at=at)

    def answer(self, name: str, choice: str = "signs", **facts: object) -> Answer:
        """A body answers, by its officer, with a speaker who agrees to be named."""
        self.composite.refresh_from_db()
        reply = {"laid": self.composite.laid_id, "words": facts.pop("words", "")}
        if choice == "signs":
            reply |= {
                "speaker": facts.pop("speaker", f"{name} Speaker"),
                "names_consent": facts.pop("names_consent", True),
            }
        reply |= facts.pop("reply", {})
        given = {"by": self.officers[name], "at": NOW, "key": key()}
        return answering.answer(
            part=CompositePart.objects.select_related("composite__deadline", "motion").get(
                pk=self.part(name).pk
            ),
            reply=Reply(choice=Answer.Choice(choice), **reply),
            **{**given, **facts},
        )

    def page(self) -> str:
        """The address of the bodies' page."""
        return reverse("motions:composite", args=[self.conference.slug, self.composite.pk])

    def desk(self, name: str = "composite-desk") -> str:
        """The address of the committee's page, or of its draft."""
        return reverse(f"motions:{name}", args=[self.conference.slug, self.composite.pk])


def make_story(call: Call | None = None, *, prefix: str = "", **states: str) -> Story:
    """Three motions on one theme: of Severn and Tyne published, of Mersey in order.

    A second story at one conference has bodies of its own by their `prefix`.
    """
    call = call or make_call()
    officers, motions = {}, {}
    for name, text in TEXTS.items():
        body = make_society(f"{prefix}{name} Co-operative")
        officer = make_user(f"{prefix}{name}@example.org".lower(), f"{name} Secretary")
        officers[name] = make_officer(body, user=officer)
        state = states.get(name, "in_order" if name == "Mersey" else "published")
        motions[name] = make_motion(
            call,
            organisation=body,
            by=officers[name],
            state=state,
            title=f"Energy, {name}",
            draft_text=text,
            mover=f"Secret mover of {name}",
        )
    cac = make_user(f"{prefix}cac@example.org".lower(), "Cass Member")
    make_appointment(cac, call.conference)
    return Story(call, motions, officers, cac)


def form_of(story: Story, **changes: str) -> dict[str, str]:
    """What the committee's draft form holds when it is opened, with some fields typed over."""
    newest = drafting.newest_of(story.composite)
    parts = story.composite.parts.select_related("motion__current_version").order_by("pk")
    rows = clause_rows(newest, wordings_of(parts))
    data = {
        "version": str(newest.number if newest else 0),
        "title": newest.title if newest else THEME,
        "moved_by": str(story.part("Severn").pk),
        "seconded_by": str(story.part("Tyne").pk),
        "clause-TOTAL_FORMS": str(len(rows) + 2),
        "clause-INITIAL_FORMS": str(len(rows)),
    }
    for number, row in enumerate(rows):
        data |= {
            f"clause-{number}-place": str(row["place"] or ""),
            f"clause-{number}-text": row["text"],
            f"clause-{number}-sources": row["sources"],
        }
    return {**data, **changes}


def signed_in(user: User, *, second_factor: bool = True) -> Client:
    """A browser of this person."""
    return sign_in(Client(), user, second_factor=second_factor)


def rows_of(*motions: Motion, by: User, at: dt.datetime, closes_on: dt.date) -> Composite:
    """A composite of these motions that is before its bodies, as plain rows, past every service.

    The first motion's body has signed; its clause has the first block of each as its source.
    """
    conference = motions[0].conference
    composite = Composite.objects.create(
        conference=conference,
        call=motions[0].call,
        deadline=make_deadline(conference, "composites", closes_on=closes_on),
        theme="Theme",
        grouped_by=by,
        grouped_at=at,
    )
    parts = [
        CompositePart.objects.create(
            composite=composite, motion=one, version=one.current_version, label=letter
        )
        for letter, one in zip("ABC", motions, strict=False)
    ]
    saved = {"composite": composite, "words": 1, "saved_by": by, "saved_at": at}
    version = CompositeVersion.objects.create(
        number=1, title="Joint", moved_by=parts[0], laid_by=by, laid_at=at, **saved
    )
    clause = CompositeClause.objects.create(
        version=version, position=1, key="k1", kind="paragraph", text="Joint."
    )
    for part in parts:
        ClauseSource.objects.create(clause=clause, part=part, block=part.version.blocks.first())
    composite.laid, composite.state = version, Composite.State.SIGNING
    composite.save()
    Answer.objects.create(
        part=parts[0],
        version=version,
        choice=Answer.Choice.SIGNS,
        speaker="Sian",
        words="Gladly",
        given_by=motions[0].created_by,
        given_at=at,
    )
    return composite


def ended_rows_of(*motions: Motion, by: User, at: dt.datetime) -> Composite:
    """A composite that has ended, as plain rows."""
    composite = Composite.objects.create(
        conference=motions[0].conference,
        call=motions[0].call,
        deadline=make_deadline(motions[0].conference, "composites", name="Ended"),
        theme="Ended theme",
        state=Composite.State.ENDED,
        grouped_by=by,
        grouped_at=at,
        closed_at=at,
        ending="No agreement",
    )
    for letter, one in zip("ABC", motions, strict=False):
        CompositePart.objects.create(
            composite=composite,
            motion=one,
            version=one.current_version,
            label=letter,
            ended_at=at,
        )
    return composite


def agree(story: Story) -> Story:
    """Severn and Tyne have signed one text; Mersey stays out."""
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    story.answer("Mersey", "stays_out")
    return story


def refused(act: Callable[..., object], *args: object, **more: object) -> set[str] | str:
    """The fields that were refused, or the code of the sentence."""
    with pytest.raises(ValidationError) as refusal:
        act(*args, **more)
    error = refusal.value
    return set(error.message_dict) if hasattr(error, "error_dict") else error.error_list[0].code


def publish(story: Story, at: dt.datetime = NOW) -> Motion:
    """The committee publishes it."""
    return publishing.publish(by=story.cac, composite=story.composite, at=at)


def obstacles(story: Story) -> list[str]:
    """Why it cannot be published."""
    with pytest.raises(ValidationError) as refusal:
        publish(story)
    return refusal.value.messages


def mails(subject: str) -> QuerySet[Mail]:
    """The mails with a subject that begins so, by their addresses."""
    return Mail.objects.filter(subject__startswith=subject).order_by("to_address")
