"""Mails of ideas. Those to an address that nobody has confirmed quote nothing that was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from mailing import links, outbox, policy
from motions.models import Idea, IdeaSupport, IdeaTakenUp


def confirm(idea: Idea, *, token: str, at: dt.datetime) -> None:
    """Please confirm that the idea is yours."""
    path = reverse("ideas:confirm", args=[token])
    _put(
        idea,
        key=f"idea:{idea.pk}",
        to=idea.email,
        subject=f"Please confirm your idea: {idea.call.campaign}",
        template="confirm",
        at=at,
        link=links.site(path),
    )


def published(idea: Idea, *, at: dt.datetime) -> None:
    """Your idea is published."""
    _to_sender(idea, "published", f"Published: {idea.title}", at)


def declined(idea: Idea, *, at: dt.datetime) -> None:
    """Your idea is not published, and why."""
    _to_sender(idea, "declined", f"About your idea: {idea.title}", at)


def taken_up(linked: IdeaTakenUp, *, at: dt.datetime) -> None:
    """Something takes your idea up; once for each that does."""
    idea = linked.idea
    subject = f"Taken up: {idea.title}"
    _to_sender(idea, "taken_up", subject, at, number=linked.pk, by_what=str(linked))


def support(given: IdeaSupport, *, token: str, at: dt.datetime) -> None:
    """Please confirm that you support it; or: you already do."""
    path = reverse("ideas:confirm-support", args=[token])
    _put(
        given.idea,
        key=f"idea-support:{given.pk}:{at.isoformat()}",
        to=given.email,
        subject="You support it already" if given.confirmed_at else "Please confirm your support",
        template="support",
        at=at,
        again=given.confirmed_at is not None,
        link=links.site(path),
    )


def _to_sender(
    idea: Idea, template: str, subject: str, at: dt.datetime, *, number: int = 0, **facts: Any
) -> None:
    _put(
        idea,
        key=f"idea-{template}:{idea.pk}:{number}:{at.isoformat()}",
        to=idea.email,
        subject=subject,
        template=template,
        at=at,
        link=links.site(idea.get_absolute_url()),
        name=idea.name,
        **facts,
    )


def _put(
    idea: Idea, *, key: str, to: str, subject: str, template: str, at: dt.datetime, **facts: Any
) -> None:
    campaign = idea.call.campaign
    if campaign.imprint_id is not None:
        facts["imprint"] = campaign.imprint.text
    outbox.put(
        key=key,
        to=to,
        to_name=facts.get("name", ""),
        subject=subject,
        template=f"motions/ideas/{template}",
        context={"idea": idea, "campaign": campaign, **facts},
        kind=policy.RECEIPT if template in ("confirm", "support") else policy.NOTICE,
        at=at,
    )
