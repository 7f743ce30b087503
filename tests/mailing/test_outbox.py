"""Putting mail in: once a key, in the caller's transaction, rendered safely."""

from __future__ import annotations

import datetime as dt
from email.utils import getaddresses, parseaddr
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from mailing import hooks, links, outbox
from mailing.message import build
from mailing.models import Mail
from mailing.outbox import Letter

pytestmark = pytest.mark.django_db

LINE_ENDERS = [
    "\n",
    "\r",
    "\r\n",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x85",
    "\x1c",
    "\x1d",
    "\x1e",
]
PAYLOADS = [f"Ann{end}Bcc: victim@example.org{end}{end}<b>x</b>" for end in LINE_ENDERS]


def test_put_same_key_twice_returns_the_first_row(put):
    first = put(subject="First")
    second = put(subject="Second")
    assert second.pk == first.pk
    assert list(Mail.objects.values_list("subject", flat=True)) == ["First"]


def test_put_rolled_back_leaves_no_mail(put):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0


def test_put_fixes_message_id_from_key_and_site(put):
    mail = put()
    assert mail.message_id == f"<{sha256(mail.key.encode()).hexdigest()}@conference.example>"


@pytest.mark.parametrize(
    "typed", ["Tom & <b>Ann</b>", "{{ settings.SECRET_KEY }}", "{% debug %}", "%(x)s {0.__class__}"]
)
def test_put_typed_text_comes_out_literally(put, typed):
    mail = put(to_name=typed, subject=typed, context={"body": typed})
    assert typed in mail.text
    assert mail.subject == typed
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f">{escaped}</p>" in mail.html


def test_put_html_has_styles_inline_and_keeps_media_rules(put):
    mail = put()
    assert '<p style="color: #123456' in mail.html
    assert "@media (max-width: 400px)" in mail.html


def test_put_without_html_template_gets_its_words_in_the_look_of_the_others(put):
    page = links.site("/key-dates/")
    mail = put(template="plain", context={"body": f"See {page}. <b>"})
    assert mail.text == f"See {page}. <b>\n"
    assert f'href="{page}"' in mail.html
    assert "&lt;b&gt;" in mail.html


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "{}.evil.example/", "{}@evil.example/"]
)
def test_put_with_an_address_somebody_typed_makes_no_link_of_it(put, address):
    mail = put(template="plain", context={"body": f"Win at {address.format(links.site(''))}"})
    assert 'evil.example/"' not in mail.html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_put_header_injection_leaves_one_recipient_and_one_line(put, payload):
    mail = put(to_name=payload, subject=payload, headers={"X-Reason": payload})
    message = build(mail, at=mail.created_at)
    raw = message.message().as_bytes()
    head = raw.split(b"\n\n")[0]
    assert message.recipients() == [message.to[0]]
    assert b"\nBcc:" not in head
    assert message.message().get_all("To") == [message.message()["To"]]
    assert message.message()["Bcc"] is None
    assert len(mail.subject.splitlines()) == 1
    assert len(mail.to_name.splitlines()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "ann@example.org\nBcc: x@example.org",
        "a b@example.org",
        "ann@example.org, x@example.org",
    ],
)
def test_put_unusable_address_is_refused(put, address):
    with pytest.raises(ValidationError):
        put(to=address)
    with pytest.raises(ValidationError):
        put(reply_to=address or "nobody")


def test_put_header_that_is_not_extra_is_refused(put):
    with pytest.raises(ValueError, match="Bcc"):
        put(headers={"Bcc": "victim@example.org"})


def test_put_control_characters_and_surrogates_leave_the_body(put):
    mail = put(template="plain", context={"body": "a\x00b\x1b\ud800c\u2028d"})
    assert mail.text == "abc\nd\n"


def test_put_reminder_offers_unsubscribing_and_receipt_never_does(put):
    reminder = build(
        put("reminder:1", kind="reminder"), at=dt.datetime(2016, 6, 30, tzinfo=dt.UTC)
    ).message()
    receipt = build(put("receipt:1"), at=dt.datetime(2016, 6, 30, tzinfo=dt.UTC)).message()
    assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert reminder["List-Unsubscribe"].startswith("<https://conference.example/mail/unsubscribe/")
    assert (receipt["List-Unsubscribe"], receipt["List-Unsubscribe-Post"]) == (None, None)


def test_put_many_twice_adds_only_what_is_new(at, django_assert_num_queries):
    def letters(numbers):
        return (
            Letter(
                key=f"reminder:{n}",
                to=f"p{n}@example.org",
                subject="Soon",
                context={"body": str(n)},
            )
            for n in numbers
        )

    assert outbox.put_many(letters(range(600)), template="plain", kind="reminder", at=at) == 600
    with django_assert_num_queries(3):  # the imprint, the known keys, the new row
        assert (
            outbox.put_many(letters(range(599, 601)), template="plain", kind="reminder", at=at) == 1
        )
    assert Mail.objects.count() == 601
    assert Mail.objects.get(key="reminder:600").text == "600\n"


@pytest.mark.parametrize(
    "name", ['Jones, Siân "Sh" <x@example.org>', "Ann, Bob", "Ŵ" * 150, "a\\b"]
)
def test_build_odd_name_stays_one_recipient(put, name):
    message = build(put(to_name=name), at=dt.datetime(2016, 6, 30, tzinfo=dt.UTC))
    addresses = getaddresses([message.message()["To"]])
    assert [address for _, address in addresses] == ["ann@example.org"]
    assert message.recipients() == message.to
    assert parseaddr(message.to[0])[1] == "ann@example.org"


def test_put_shows_common_facts_unless_the_mail_has_its_own(put, monkeypatch):
    monkeypatch.setattr(hooks, "_facts", [])
    hooks.register_facts(lambda at, conference: {"body": f"imprint of {conference}"})
    own = put("own", template="plain", context={"body": "own"})
    common = put("common", template="plain", context={}, conference="annual-2016")
    assert (own.text, common.text) == ("own\n", "imprint of annual-2016\n")
