"""Mail is forgotten when we said it would be, and never while something may still happen to it."""

from __future__ import annotations

import datetime as dt

import pytest

from mailing.models import Mail
from mailing.services import retention


@pytest.fixture
def settled(put, at):
    put()
    Mail.objects.update(state=Mail.State.CANCELLED, settled_at=at)
    return at


def after(at: dt.datetime, **span: int) -> dt.datetime:
    return at + dt.timedelta(**span)


def test_forget_before_thirty_days_keeps_the_words(settled):
    assert retention.forget(at=after(settled, days=30, seconds=-1)) == (0, 0)
    assert "Thank you." in Mail.objects.get().text


def test_forget_after_thirty_days_blanks_words_and_name_once(settled):
    assert retention.forget(at=after(settled, days=30)) == (1, 0)
    mail = Mail.objects.get()
    assert (mail.text, mail.html, mail.subject, mail.to_name) == ("", "", "", "")
    assert retention.forget(at=after(settled, days=30)) == (0, 0)


def test_forget_after_a_year_deletes_the_row(settled):
    assert retention.forget(at=after(settled, days=365)) == (0, 1)
    assert Mail.objects.count() == 0


def test_forget_leaves_mail_alone_that_still_waits(put, at):
    put()
    assert retention.forget(at=after(at, days=400)) == (0, 0)
    assert Mail.objects.get().text
