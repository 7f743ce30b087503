"""Unsubscribing: one POST without cookies, nothing by GET, nothing told about the address."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client

from mailing import links
from mailing.models import Mail, Suppression

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A mailbox: no cookies, no sign-in, and CSRF checks on."""
    return Client(enforce_csrf_checks=True)


def path_of(mail: Mail) -> str:
    return links.unsubscribe(mail.message_id).removeprefix("https://conference.example")


def in_force() -> list[tuple[str, str, str]]:
    return list(Suppression.objects.in_force().values_list("address", "scope", "reason"))


def test_unsubscribe_get_shows_a_page_and_changes_nothing(put, reader):
    path = path_of(put(kind="reminder"))
    for ask in (reader.get, reader.head):
        response = ask(path)
        assert (response.status_code, dict(response.cookies)) == (200, {})
    assert in_force() == []


@pytest.mark.parametrize(("kind", "scope"), [("reminder", "reminders"), ("marketing", "marketing")])
def test_unsubscribe_one_click_post_spares_that_scope_once(put, reader, kind, scope):
    path = path_of(put(kind=kind))
    for _ in range(3):
        response = reader.post(path, {"List-Unsubscribe": "One-Click"})
        assert (response.status_code, dict(response.cookies)) == (200, {})
    assert in_force() == [("ann@example.org", scope, "unsubscribed")]
    assert Suppression.objects.count() == 1


def test_resubscribe_lifts_only_what_the_reader_asked_for(put, reader, at):
    path = path_of(put(kind="reminder"))
    Suppression.objects.create(
        address="ann@example.org", scope="all", reason="bounced", created_at=at
    )
    reader.post(path, {"choice": "unsubscribe"})
    reader.post(path, {"choice": "resubscribe"})
    assert in_force() == [("ann@example.org", "all", "bounced")]


def test_unsubscribe_answers_alike_for_a_mail_that_is_gone(put, reader):
    kept, gone = put("r:1", kind="reminder"), put("r:2", kind="reminder", to="bob@example.org")
    paths = path_of(kept), path_of(gone)
    gone.delete()
    for ask in (reader.get, lambda path: reader.post(path, {"choice": "unsubscribe"})):
        known, unknown = (ask(path) for path in paths)
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_unsubscribe_link_holds_no_address(put):
    assert "ann" not in path_of(put(kind="reminder")).replace("conference.example", "")


def test_unsubscribe_of_a_receipt_changes_nothing(put, reader):
    reader.post(path_of(put()))
    assert in_force() == []


@pytest.mark.parametrize("forge", ["plain", "other purpose", "cut", "empty"])
def test_unsubscribe_forged_token_is_not_found(put, reader, forge):
    mail = put(kind="reminder")
    path = path_of(mail)
    other = signing.Signer(salt="members.invitation").sign(mail.message_id.strip("<>"))
    forged = {
        "plain": f"/mail/unsubscribe/{mail.message_id.strip('<>')}",
        "other purpose": f"/mail/unsubscribe/{other}",
        "cut": path[:-1],
        "empty": "/mail/unsubscribe/",
    }[forge]
    assert reader.get(forged).status_code == 404
    assert reader.post(forged).status_code == 404
    assert in_force() == []
