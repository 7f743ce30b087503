"""The mail pages of the admin: lists that answer questions, decisions that ask why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from mailing import hooks, outbox
from mailing.models import Mail, Suppression
from mailing.services import delivery
from members.models import AuditEntry
from members.roles import Role
from tests.factories import make_staff, make_user, sign_in

pytestmark = pytest.mark.django_db

MAILS = reverse("admin:mailing_mail_changelist")
SPARED = reverse("admin:mailing_suppression_changelist")


@pytest.fixture
def staff(client: Client) -> Client:
    return sign_in(client, make_staff())


def decide(client: Client, action: str, *rows, url: str = MAILS, **more: str):
    form = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(url, form, follow=True)


def test_mail_list_costs_the_same_for_one_and_for_thirty(
    staff, put, at, django_assert_max_num_queries
):
    put()
    with django_assert_max_num_queries(15):
        staff.get(MAILS)
    letters = [
        outbox.Letter(key=f"r:{n}", to=f"p{n}@example.org", subject="Soon", context={"body": ""})
        for n in range(30)
    ]
    outbox.put_many(letters, template="plain", kind="reminder", at=at)
    with django_assert_max_num_queries(15):
        page = staff.get(MAILS)
    assert page.content.count(b"p2") >= 1
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("held", {"held"}),
        ("failed", {"failed"}),
        ("late", {"late"}),
        ("uncertain", {"held", "doubt"}),
        ("waiting", {"late", "fresh"}),
        ("sent", {"sent"}),
        ("nonsense", {"held", "failed", "late", "doubt", "fresh", "sent"}),
    ],
)
def test_mail_list_question_is_answered(staff, put, question, keys):
    now = dt.datetime.now(dt.UTC)
    for key in ("late", "fresh", "failed", "doubt", "sent"):
        put(key, at=now)
    put("held", kind="result", at=now)
    rows = Mail.objects
    rows.filter(key="late").update(not_before=now - dt.timedelta(minutes=3))
    rows.filter(key="failed").update(state="failed", settled_at=now)
    rows.filter(key="sent").update(state="sent", sent_at=now, settled_at=now)
    rows.filter(key__in=["held", "doubt"]).update(state="uncertain", uncertain_since=now)
    page = staff.get(MAILS, {"question": question})
    assert {mail.key for mail in page.context["cl"].result_list} == keys


def test_mail_search_finds_the_address(staff, put):
    put("a", to="ann@example.org")
    put("b", to="bob@example.org")
    page = staff.get(MAILS, {"q": "bob@"})
    assert [mail.key for mail in page.context["cl"].result_list] == ["b"]


def test_mail_page_is_read_only_and_shows_what_was_typed_as_text(staff, put):
    mail = put(subject="<script>alert(1)</script>", context={"body": "<img src=x onerror=y>"})
    page = staff.get(reverse("admin:mailing_mail_change", args=[mail.pk]))
    assert b"<script>alert" not in page.content
    assert b"<img src=x" not in page.content
    assert b'name="_save"' not in page.content
    assert staff.post(reverse("admin:mailing_mail_delete", args=[mail.pk])).status_code == 403
    assert staff.get(reverse("admin:mailing_mail_add")).status_code == 403


def test_decision_asks_for_a_reason_first_and_then_acts(staff, put):
    mail = put()
    asked = decide(staff, "cancel", mail)
    assert b"Reason" in asked.content
    mail.refresh_from_db()
    assert mail.state == "pending"
    decide(staff, "cancel", mail, confirmed="yes", reason="")
    mail.refresh_from_db()
    assert mail.state == "pending"
    done = decide(staff, "cancel", mail, confirmed="yes", reason="Wrong list")
    mail.refresh_from_db()
    assert (mail.state, mail.decision) == ("cancelled", "mail.cancelled: Wrong list")
    assert "Cancel: 1 done." in done.content.decode()


def test_decision_that_is_refused_says_why_and_the_others_go_through(staff, put, at):
    sent = put("sent")
    delivery.pump(now=lambda: at)
    waiting = put("waiting")
    page = decide(
        staff, "cancel", sent, waiting, confirmed="yes", reason="Wrong list"
    ).content.decode()
    assert "there is nothing left to cancel" in page
    assert "Cancel: 1 done." in page


def test_suppression_is_added_with_a_reason_and_lifted_with_one(staff):
    add = reverse("admin:mailing_suppression_add")
    form = {"address": "Ann@Example.org", "scope": "all", "note": ""}
    assert b"This field is required" in staff.post(add, form).content
    staff.post(add, form | {"note": "asked by phone"})
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.note) == ("ann@example.org", "by_staff", "asked by phone")
    decide(staff, "lift", row, url=SPARED, confirmed="yes", reason="asked back")
    row.refresh_from_db()
    assert row.lifted_at is not None


def test_mail_pages_are_closed_to_everybody_but_staff(client, put):
    put()
    for person in (None, make_user()):
        visitor = sign_in(Client(), person) if person else Client()
        assert visitor.get(MAILS).status_code in (302, 403, 404)
        assert visitor.get(SPARED).status_code in (302, 403, 404)


def test_registered_access_rule_closes_decisions_but_not_the_list(staff, put, monkeypatch):
    monkeypatch.setattr(hooks, "_accesses", [])
    hooks.register_access(lambda user, act: act == "see")
    mail = put()
    assert staff.get(MAILS).status_code == 200
    decide(staff, "cancel", mail, confirmed="yes", reason="Wrong list")
    mail.refresh_from_db()
    assert mail.state == "pending"


@pytest.mark.parametrize(
    ("role", "sees", "decides"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.REGISTRATIONS_OFFICER, True, True),
        (Role.AUDITOR, True, False),
        (Role.DATA_PROTECTION_OFFICER, True, False),
        (Role.PROGRAMME_EDITOR, False, False),
        (Role.FINANCE, False, False),
        (Role.ACCESS_OFFICER, False, False),
        (Role.SAFEGUARDING_LEAD, False, False),
    ],
)
def test_mail_pages_are_open_by_role(client, put, role, sees, decides):
    mail = put()
    sign_in(client, make_staff(role))
    assert client.get(MAILS).status_code == (200 if sees else 403)
    decide(client, "cancel", mail, confirmed="yes", reason="Wrong list")
    mail.refresh_from_db()
    assert mail.state == ("cancelled" if decides else "pending")
    assert AuditEntry.objects.filter(action="mail.cancelled").count() == decides


@pytest.mark.parametrize("kind", ["security", "receipt"])
def test_mail_page_shows_the_text_but_never_a_sign_in_code(staff, put, kind):
    mail = put(kind=kind, context={"body": "Your code is 482913."})
    page = staff.get(reverse("admin:mailing_mail_change", args=[mail.pk])).content.decode()
    assert ("482913" in page) is (kind == "receipt")


def test_suppression_with_a_note_nobody_can_see_is_refused(staff):
    form = {"address": "ann@example.org", "scope": "all", "note": "\u200b\u200b"}
    page = staff.post(reverse("admin:mailing_suppression_add"), form)
    assert "Say why" in page.content.decode()
    assert not Suppression.objects.exists()


def test_decisions_about_mail_leave_no_address_in_the_trail(staff, put):
    decide(staff, "cancel", put(subject="For Ann"), confirmed="yes", reason="Wrong list")
    add = reverse("admin:mailing_suppression_add")
    staff.post(add, {"address": "ann@example.org", "scope": "all", "note": "asked by phone"})
    labels = set(AuditEntry.objects.values_list("action", "object_label"))
    mail, row = Mail.objects.get(), Suppression.objects.get()
    assert labels == {
        ("mail.cancelled", f"mail {mail.pk}"),
        ("suppression.added", f"suppression {row.pk}: everything but sign-in and security mail"),
    }
