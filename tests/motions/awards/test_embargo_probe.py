"""Before the hour nobody outside the panel can tell that something was decided.

The same requests are made twice: once while nothing is decided, once when all is. Every role outside
the panel asks every address that could tell; numbers are enumerated; a page that was seen before is
asked for again with its ETag. Not one answer differs, and an address of a winner is answered as one
that does not exist. With the guard removed the same probe finds the difference.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

import clock
from mailing.models import Mail
from members.models import AuditEntry
from motions.awards import embargo, sealing
from motions.awards.services import consenting, telling
from motions.models import AwardDecision, AwardHonour, AwardNominee, AwardScore, SealedEntry
from tests.access.world import STAFF, make_world
from tests.factories import make_user, sign_in
from tests.motions.awards.make import BEFORE, CLOSED, COMMENDED, HOUR, WINNER, Panel, make_proposed

pytestmark = pytest.mark.django_db
SECRETS = ("Sally Secret", "Colin Commended")
ROLES = (
    *("stranger", "member", "delegate", "officer", "other officer", "CAC member", "steward"),
    *("chair", "sender", "winner", *STAFF),
)
#: What differs between any two answers: tokens of forms, keys, numbers of requests.
CHANGING = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|key)" value="[^"]*"'
    rb'|value="[0-9a-f-]{36}"|data-csrf="[^"]*"|csrfToken[^,;<]*)'
)


@pytest.fixture
def quiet():
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    yield
    logging.disable(before)


class Probe:
    """A conference whose awards are judged, and everybody outside its panel."""

    def __init__(self) -> None:
        with clock.frozen(BEFORE):
            self.world = make_world()
            AwardHonour.objects.all().delete()
            AwardDecision.objects.all().delete()
            self.conference = self.world.conference
            self.conference.award_rules.delete()
            self.category = self.world.objects["category"]
            self.panel = Panel(self.category)
            people = dict(self.world.people)
            people["winner"] = make_user("sally@x.example", "Sally Secret")
            self.nominees = [
                make_proposed(self.category, name, email=email)
                for name, email in zip(SECRETS, ("sally@x.example", ""), strict=True)
            ]
            nia = AwardNominee.objects.get(name="Nia")
            self.panel.score_all(*self.nominees, nia)
            people["sender"] = self.nominees[0].nominations.get().submitted_by
            self.clients = {role: self._client(people[role]) for role in ROLES}
        self.asked = 0
        self.etags: dict[tuple[str, str], str] = {}

    def _client(self, person) -> Client:
        client = Client(raise_request_exception=False)
        if person is not None:
            sign_in(client, person)
        return client

    def decide(self) -> None:
        """The chair decides: a winner and one commended."""
        first, second = self.nominees
        self.panel.decide((first, WINNER), (second, COMMENDED), at=CLOSED)

    def addresses(self, role: str) -> Iterator[str]:
        """Every address that could tell this role something."""
        site = f"/conferences/{self.conference.slug}"
        awards = f"{site}/awards"
        nominee, category = self.nominees[0].pk, self.category.pk
        yield from (f"{awards}/", f"{awards}/roll/", f"{awards}/panel/", f"{site}/")
        honours = range(1, 4)
        yield from (f"{awards}/roll/{pk}/" for pk in honours)
        yield from (
            f"{awards}/panel/nominees/{nominee}/",
            f"{awards}/panel/awards/{category}/",
            f"{awards}/panel/evening/script/",
            f"{awards}/panel/certificates/",
            f"{awards}/panel/afterwards/{honours[0]}/",
            f"/awards/honour/{'a' * 32}/",
            f"{site}/motions/find/?q=Secret",
        )
        if role in STAFF:
            yield from self._admin(nominee)
        else:
            yield from ("/", f"{site}/calendar.ics")

    def _admin(self, nominee: int) -> Iterator[str]:
        honour = ContentType.objects.get_for_model(AwardHonour).pk
        yield from (
            "/admin/",
            "/admin/motions/awardnomination/",
            "/admin/motions/awardnomination/?q=Secret",
            f"/admin/motions/awardnomination/{self.nominees[0].nominations.get().pk}/change/",
            f"/admin/motions/awardnomination/{self.nominees[0].nominations.get().pk}/history/",
            "/admin/motions/awardnomination/?nominee__honours__result=winner",
            f"/admin/motions/awardcategory/{self.category.pk}/history/",
            f"/admin/motions/awardrules/{self.conference.pk}/change/",
            "/admin/motions/awardhonour/",
            "/admin/motions/awarddecision/1/change/",
            f"/admin/r/{honour}/1/",
            "/admin/members/auditentry/",
            "/admin/members/auditentry/?q=award",
            "/admin/mailing/mail/?q=award",
            "/admin/motions/receipt/?q=Secret",
        )

    def answers(self, roles=ROLES) -> dict[tuple[str, str], str]:
        """(role, address) → what was answered, in a digest without what always changes."""
        found = {}
        with clock.frozen(BEFORE):
            for role in roles:
                client = self.clients[role]
                for url in self.addresses(role):
                    found[role, url] = self._asked(client, role, url)
        return found

    def _asked(self, client: Client, role: str, url: str) -> str:
        etag = self.etags.get((role, url))
        given = {"HTTP_IF_NONE_MATCH": etag} if etag else {}
        answer = client.get(url, **given)
        self.asked += 1
        if answer.status_code == 304:
            answer = client.get(url)
        self.etags[role, url] = answer.headers.get("ETag", "")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kept = {
            name: answer.headers.get(name, "") for name in ("Location", "ETag", "Cache-Control")
        }
        told = repr((answer.status_code, kept)).encode() + CHANGING.sub(b"", body)
        return hashlib.sha256(told).hexdigest()


def differing(before: dict, after: dict) -> list[tuple[str, str]]:
    return [asked for asked, told in after.items() if before[asked] != told]


def test_probe_of_everybody_outside_the_panel_finds_no_difference_before_the_hour(
    quiet, monkeypatch
):
    probe = Probe()
    undecided = probe.answers()
    assert probe.asked >= 300
    audited, mailed = AuditEntry.objects.count(), Mail.objects.count()
    probe.decide()
    sealing.enter_trail(at=BEFORE)
    telling.tell(at=BEFORE)
    assert (AuditEntry.objects.count(), Mail.objects.count()) == (audited, mailed)
    assert differing(undecided, probe.answers()) == []

    # the same probe sees it at once where the guard is removed
    monkeypatch.setattr(embargo, "is_over", lambda rules, at: rules.presented_at is not None)
    sealing.enter_trail(at=BEFORE)
    seen = differing(undecided, probe.answers(["stranger", "sender", "staff: auditor"]))
    assert {role for role, _ in seen} == {"stranger", "sender", "staff: auditor"}
    assert ("staff: auditor", "/admin/members/auditentry/?q=award") in seen


def test_address_of_a_winner_is_answered_as_one_that_does_not_exist(quiet, monkeypatch):
    probe = Probe()
    probe.decide()
    AwardHonour.objects.update(consent="given", public_name="Sally", answered_at=CLOSED)
    pk = AwardHonour.objects.order_by("pk").first().pk
    AwardHonour.objects.filter(pk=pk).update(token_hash=consenting.hash_of("a" * 32))
    roll = f"/conferences/{probe.conference.slug}/awards/roll"
    pairs = [
        (f"{roll}/{pk}/", f"{roll}/999999/"),
        (f"/awards/honour/{'a' * 32}/", f"/awards/honour/{'b' * 32}/"),
        (f"/awards/honour/{'a' * 32}/certificate/", f"/awards/honour/{'b' * 32}/certificate/"),
    ]

    def answered(client: Client, url: str, at) -> tuple[int, bytes]:
        with clock.frozen(at):
            answer = client.get(url)
        return answer.status_code, CHANGING.sub(b"", answer.content).replace(url.encode(), b"")

    for role, client in probe.clients.items():
        for real, absent in pairs:
            assert answered(client, real, BEFORE) == answered(client, absent, BEFORE), (role, real)
            assert answered(client, real, BEFORE)[0] == 404
    stranger = probe.clients["stranger"]
    assert [answered(stranger, real, HOUR)[0] for real, _ in pairs] == [200, 200, 200]


def test_panel_leaves_nothing_where_others_read_before_the_hour():
    probe = Probe()
    audited = AuditEntry.objects.count()
    probe.decide()
    assert AuditEntry.objects.count() == audited
    assert SealedEntry.objects.filter(action="award.decided").count() == 1
    assert AwardScore.objects.filter(ended_at__isnull=True).count() == 9
    for model in (AwardHonour, AwardDecision, AwardNominee, AwardScore, SealedEntry):
        row = model.objects.first()
        assert not any(secret in str(row) for secret in SECRETS)
        assert not hasattr(row, "get_absolute_url")
