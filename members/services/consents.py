"""Agreeing to news by e-mail: in which words, noted once the address is known to be theirs."""

from __future__ import annotations

import datetime as dt

from members.models import Consent

NEWS_WORDS = "Yes, e-mail me news and campaigns of the Co-operative Party."


def agree_to_news(*, address: str, source: str, at: dt.datetime) -> None:
    """Note that whoever reads this address asked for news; twice is once.

    The caller is in a transaction, and has seen that the address is theirs: its link was followed,
    or a signed form came by post.
    """
    Consent.objects.get_or_create(
        address=address,
        purpose=Consent.Purpose.MARKETING,
        withdrawn_at=None,
        defaults={"wording": NEWS_WORDS, "source": source[:100], "given_at": at},
    )
