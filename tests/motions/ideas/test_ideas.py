"""Calls for ideas: sent without an account or a cookie, confirmed, read, published, supported."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clock
from events.models import Campaign
from members.models import AuditEntry
from members.roles import Role
from motions.ideas import services
from motions.models import CallForIdeas, Idea, IdeaSupport
from tests.factories import AT, make_staff, make_user, sign_in
from tests.motions.ideas.make import make_call_for_ideas, make_idea, make_idea_support
from tests.motions.make import make_consultation, make_motion

pytestmark = pytest.mark.django_db
TICK = dt.timedelta(microseconds=1)
MINUTE = dt.timedelta(minutes=1)
TYPED = {
    "title": "A shop we own",
    "text": "Buy the shop together.",
    "name": "Sue Porter",
    "email": "Sue@People.example",
}


@pytest.fixture
def call():
    return make_call_for_ideas()


@pytest.fixture
def stranger():
    """A browser that keeps no cookie, with CSRF checks on."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def editor():
    return make_staff(Role.PROGRAMME_EDITOR)


def asked(client, method, url, data=None, at=AT):
    with clock.frozen(at):
        return getattr(client, method)(url, data or {})


def sent(client, call, at=AT, **typed):
    url = reverse("ideas:send", args=[call.slug])
    return asked(client, "post", url, TYPED | {"key": str(uuid.uuid4())} | typed, at)


def link_in(mail):
    return re.search(r"https?://[^/\s]+(/ideas/\S+)", mail.text)[1]


# sending


def test_idea_is_sent_and_confirmed_without_account_or_cookie(stranger, call, mailbox):
    question = call.questions.get(text="The right to food")
    answer = sent(stranger, call, question=question.pk)
    [mail] = mailbox.to("sue@people.example")
    for typed in ("A shop we own", "Buy the shop", "Sue Porter"):
        assert typed not in mail.text + mail.subject
    idea = Idea.objects.get()
    assert (idea.state, idea.question, idea.may_name) == ("sent", question, False)
    link = link_in(mail)
    page = asked(stranger, "get", link)
    idea.refresh_from_db()
    assert idea.state == "sent"  # a scanner that opens links confirms nothing
    for _ in range(2):
        done = asked(stranger, "post", link, {"do": "confirm"}, AT + MINUTE)
    idea.refresh_from_db()
    assert (idea.state, idea.confirmed_at) == ("waiting", AT + MINUTE)
    assert done.status_code == 302
    assert not answer.cookies
    assert not page.cookies
    assert not stranger.cookies


def test_same_form_twice_is_one_idea_and_one_mail(stranger, call, mailbox):
    key = str(uuid.uuid4())
    pages = [sent(stranger, call, key=key).content for _ in range(3)]
    assert len(set(pages)) == 1
    assert (Idea.objects.count(), len(mailbox)) == (1, 1)


def test_address_gets_ten_mails_an_hour_and_the_page_never_tells(stranger, call, mailbox):
    pages = {sent(stranger, call, AT + MINUTE * place).content for place in range(12)}
    assert (len(pages), len(mailbox)) == (1, 10)
    sent(stranger, call, AT + dt.timedelta(hours=2))
    assert len(mailbox) == 11


def test_too_many_words_are_refused_with_the_count_and_nothing_is_lost(stranger, call):
    page = sent(stranger, call, text="word " * 301).content.decode()
    assert "Your idea has 301 words. At most 300 are allowed." in page
    assert 'value="A shop we own"' in page
    assert Idea.objects.count() == 0


def test_door_is_open_to_the_end_of_its_last_day_in_london(call):
    CallForIdeas.objects.update(closes_on=dt.date(2016, 6, 30), opens_at=AT)
    call.refresh_from_db()
    end = dt.datetime(2016, 6, 30, 23, 0, tzinfo=dt.UTC)
    for at, sentence in (
        (AT - TICK, "opens on Monday 14 March 2016, 12:00 UK time"),
        (end, "closed at the end of Thursday 30 June 2016"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            services.require_open(call, at=at)
    for at in (AT, end - TICK):
        services.require_open(call, at=at)


def test_idea_sent_in_time_is_confirmed_after_the_door_closed(stranger, call, mailbox):
    CallForIdeas.objects.update(closes_on=AT.date())
    sent(stranger, call)
    asked(stranger, "post", link_in(mailbox[0]), {"do": "confirm"}, AT + dt.timedelta(days=3))
    assert Idea.objects.get().state == "waiting"


def test_closed_call_says_what_can_still_be_done(stranger, call):
    CallForIdeas.objects.update(is_over=True)
    page = asked(stranger, "get", reverse("ideas:send", args=[call.slug])).content.decode()
    assert "takes no more ideas" in page
    assert "read and support the ideas" in page
    assert "<form" not in page
    sent(stranger, call)
    assert Idea.objects.count() == 0


# reading


def test_only_published_ideas_exist_for_others_and_names_only_with_consent(stranger, call):
    for state in (Idea.State.SENT, Idea.State.WAITING, Idea.State.DECLINED, Idea.State.WITHDRAWN):
        hidden = make_idea(call, state)
        assert asked(stranger, "get", hidden.get_absolute_url()).status_code == 404
    shown = make_idea(call, name="Ron Hidden")
    named = make_idea(call, name="Nia Named", may_name=True)
    page = asked(stranger, "get", call.get_absolute_url()).content.decode()
    assert [page.count(one.title) for one in (shown, named)] == [1, 1]
    assert ("Ron Hidden" in page, "Nia Named" in page) == (False, True)
    assert hidden.title not in page
    Campaign.objects.update(is_public=False)
    assert asked(stranger, "get", call.get_absolute_url()).status_code == 404
    assert asked(stranger, "get", shown.get_absolute_url()).status_code == 404


def test_every_move_of_an_idea_is_one_the_table_allows(call, editor):
    acts = {
        Idea.State.PUBLISHED: lambda row: services.publish(by=editor, idea=row, at=AT),
        Idea.State.DECLINED: lambda row: services.decline(
            by=editor, idea=row, reason="Not about it", at=AT
        ),
    }
    for state in Idea.State:
        for to, act in acts.items():
            row = make_idea(call, state)
            if to in Idea.MOVES[state]:
                act(row)
            else:
                with pytest.raises(ValidationError):
                    act(row)
            row.refresh_from_db()
            assert row.state == (to if to in Idea.MOVES[state] else state)


def test_sender_is_told_with_the_reason_and_each_decision_leaves_one_entry(call, editor, mailbox):
    row = make_idea(call, Idea.State.WAITING, email="sue@people.example")
    with pytest.raises(ValidationError, match="Say why"):
        services.decline(by=editor, idea=row, reason=" ", at=AT)
    services.decline(by=editor, idea=row, reason="It is about a person.", at=AT)
    assert "It is about a person." in mailbox[0].text
    services.publish(by=editor, idea=row, at=AT)
    assert mailbox.subjects == [f"About your idea: {row.title}", f"Published: {row.title}"]
    found = AuditEntry.objects.filter(action__startswith="idea.").order_by("pk")
    assert [entry.action for entry in found] == ["idea.declined", "idea.published"]
    assert all(row.title not in entry.object_label for entry in found)


def test_staff_publish_at_the_desk_and_choose_a_usual_reason(client, call, editor):
    sign_in(client, editor)
    row, other = (make_idea(call, Idea.State.WAITING) for _ in range(2))
    desk = asked(client, "get", reverse("admin:index")).content.decode()
    assert "Ideas to read" in desk
    asked(client, "post", reverse("admin:motions_idea_act", args=[row.pk, "publish"]))
    reason = {"usual": "It is not about what the call asks.", "words": "Try the policy process."}
    asked(client, "post", reverse("admin:motions_idea_act", args=[other.pk, "decline"]), reason)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.decided_by) == ("published", editor)
    assert other.reason == "It is not about what the call asks. Try the policy process."


def test_sender_withdraws_and_it_is_gone_from_every_page(stranger, call, mailbox, editor):
    sent(stranger, call)
    link = link_in(mailbox[0])
    asked(stranger, "post", link, {"do": "confirm"})
    idea = services.publish(by=editor, idea=Idea.objects.get(), at=AT)
    asked(stranger, "post", link, {"do": "withdraw"})
    assert asked(stranger, "get", idea.get_absolute_url()).status_code == 404
    assert "You have withdrawn your idea" in asked(stranger, "get", link).content.decode()


def test_what_takes_an_idea_up_is_shown_and_a_motion_only_while_it_is_public(
    stranger, call, editor, mailbox
):
    idea, consultation = make_idea(call), make_consultation(title="Food for all")
    public, draft = make_motion(state="published"), make_motion()
    for _ in range(2):
        services.take_up(by=editor, idea=idea, consultation=consultation, at=AT)
    for motion in (public, draft):
        services.take_up(by=editor, idea=idea, motion=motion, at=AT)
    page = asked(stranger, "get", idea.get_absolute_url()).content.decode()
    assert "Food for all" in page
    assert public.get_absolute_url() in page
    assert draft.get_absolute_url() not in page
    assert len(mailbox) == 3
    with pytest.raises(ValidationError, match="one of them"):
        services.take_up(by=editor, idea=idea, at=AT)


# support


def supported(client, idea, email, at=AT):
    return asked(
        client, "post", idea.get_absolute_url(), {"email": email, "key": str(uuid.uuid4())}, at
    )


def counted(idea):
    return Idea.objects.with_support().get(pk=idea.pk).support


def test_support_counts_once_it_is_confirmed_and_once_an_address(stranger, call, mailbox):
    idea = make_idea(call)
    first = supported(stranger, idea, "ron@people.example")
    assert counted(idea) == 0
    link = link_in(mailbox[0])
    for _ in range(2):
        asked(stranger, "post", link, {"do": "confirm"}, AT + MINUTE)
    assert counted(idea) == 1
    again = supported(stranger, idea, "Ron@people.example", AT + MINUTE * 20)
    assert again.content == first.content.replace(b"ron@", b"Ron@")
    assert "supports the idea" in mailbox[1].text
    assert counted(idea) == 1
    asked(stranger, "post", link_in(mailbox[1]), {"do": "end"})
    assert (counted(idea), IdeaSupport.objects.count()) == (0, 0)
    assert not stranger.cookies


def test_support_asked_for_again_at_once_mails_once(stranger, call, mailbox):
    idea = make_idea(call)
    for minutes in (0, 1, 9, 10):
        supported(stranger, idea, "ron@people.example", AT + MINUTE * minutes)
    assert len(mailbox) == 2


def test_whoever_is_signed_in_supports_by_one_press_once_a_person(client, call):
    idea, person = make_idea(call), make_user("nia@people.example")
    make_idea_support(idea, email="nia@people.example")
    sign_in(client, person)
    url = reverse("ideas:support", args=[call.slug, idea.pk])
    for _ in range(2):
        asked(client, "post", url, {"do": "support"})
    assert counted(idea) == 1
    assert "You support it." in asked(client, "get", idea.get_absolute_url()).content.decode()
    asked(client, "post", url, {"do": "end"})
    assert counted(idea) == 0


def test_nobody_reads_who_supports_an_idea(client, call, editor):
    idea = make_idea(call)
    make_idea_support(idea, email="secret@people.example")
    sign_in(client, editor)
    for url in (
        idea.get_absolute_url(),
        call.get_absolute_url(),
        reverse("admin:motions_idea_changelist"),
        reverse("admin:motions_idea_change", args=[idea.pk]),
    ):
        assert "secret@people.example" not in asked(client, "get", url).content.decode()


def test_list_of_ideas_asks_as_much_with_one_as_with_thirty(client, call, editor):
    sign_in(client, editor)
    asked_for = []
    for more in (1, 29):
        for _ in range(more):
            make_idea_support(make_idea(call))
        for url in (call.get_absolute_url(), reverse("admin:motions_idea_changelist")):
            asked(client, "get", url)
            with CaptureQueriesContext(connection) as queries:
                asked(client, "get", url)
            asked_for.append(len(queries))
    assert asked_for[:2] == asked_for[2:]
    assert max(asked_for) <= 15


def test_taskforce_is_shipped_with_its_three_questions_and_takes_no_idea(client):
    call_command("load_conferences", verbosity=0)
    page = asked(client, "get", "/campaigns/west-midlands-taskforce/").content.decode()
    for words in (
        "Community wealth building",
        "The right to food",
        "A carbon-neutral region",
        "any other idea",
        "It takes no more ideas",
        "Preet Gill MP",
        "Promoted by Joe Fortune",
    ):
        assert words in page
