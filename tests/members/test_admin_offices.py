"""The staff's pages of offices and of claims to them."""

import pytest
from django.urls import reverse

import clock
from mailing.models import Mail
from members import attention
from members.models import AuditEntry, Officeholding, Organisation, User
from members.roles import Role
from tests.factories import (
    AT,
    make_holding,
    make_office,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
    sign_in,
)
from tests.members.desk import act_url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


def test_start_page_lists_claims_that_wait_for_those_who_decide_them(client):
    make_holding(make_user(), make_organisation(), state=Officeholding.State.CLAIMED)
    officer = make_staff(Role.REGISTRATIONS_OFFICER)
    page = sign_in(client, officer).get("/admin/").content.decode()
    assert "Claims to an office: 1" in page
    assert attention.items(make_staff(Role.FINANCE), AT) == []


def test_claim_is_confirmed_beside_its_rivals_and_ends_the_holder(staff, administrator):
    body, claimant = make_organisation("Cardiff"), make_user(name="Ann New")
    holder = make_officer(body, user=make_user(name="Bob Old"))
    other = make_holding(make_user(name="Eve Rival"), body, state=Officeholding.State.CLAIMED)
    claim = make_holding(
        claimant, body, state=Officeholding.State.CLAIMED, started_on=AT.date(), evidence="minutes"
    )
    page = staff.get(reverse("admin:members_officeholding_change", args=[claim.pk]))
    assert "Bob Old" in page.content.decode()
    assert "Eve Rival" in page.content.decode()
    held = holder.officeholdings.get()
    assert "Bob Old" in staff.get(act_url(claim, "verify")).content.decode()
    staff.post(act_url(claim, "verify"), {"ends": [held.pk], "reason": "rang the chair"})
    for row in (claim, held, other):
        row.refresh_from_db()
    assert (claim.state, claim.decided_by, claim.decided_at) == ("verified", administrator, AT)
    assert held.ended_on == AT.date()
    assert other.state == "claimed"
    assert Mail.objects.filter(to_address=claimant.email, subject__startswith="You are").exists()
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert actions == {"office.verified", "office.ended"}


def test_claim_is_refused_with_a_reason_that_reaches_the_person(staff):
    claim = make_holding(make_user(), make_organisation(), state=Officeholding.State.CLAIMED)
    page = staff.post(act_url(claim, "reject"), {"reason": ""})
    assert "required" in page.content.decode()
    staff.post(act_url(claim, "reject"), {"reason": "The minutes name somebody else."})
    claim.refresh_from_db()
    assert claim.state == "rejected"
    assert "somebody else" in Mail.objects.get().text


def test_claim_decided_twice_says_so_and_changes_nothing(staff):
    claim = make_holding(make_user(), make_organisation(), state=Officeholding.State.CLAIMED)
    staff.post(act_url(claim, "verify"), {})
    page = staff.post(act_url(claim, "reject"), {"reason": "no"}, follow=True)
    assert "no longer possible" in page.content.decode()
    claim.refresh_from_db()
    assert claim.state == "verified"


def test_office_entered_by_staff_is_verified_and_told(staff):
    person, body, office = make_user(), make_organisation(), make_office("chair")
    staff.post(
        reverse("admin:members_officeholding_add"),
        {
            "user": person.pk,
            "organisation": body.pk,
            "office": office.pk,
            "started_on": "2016-01-01",
            "evidence": "letter",
        },
    )
    holding = Officeholding.objects.get(user=person)
    assert (holding.state, holding.source) == ("verified", "staff")
    assert Mail.objects.filter(to_address=person.email).count() == 1


def test_list_of_offices_takes_few_queries_for_thirty(staff, django_assert_max_num_queries):
    for _ in range(30):
        make_officer()
    with django_assert_max_num_queries(15):
        staff.get(reverse("admin:members_officeholding_changelist"))


@pytest.mark.parametrize("refused", ["organisation", "user"])
def test_office_for_a_body_or_person_that_is_gone_is_refused_at_its_field(staff, refused):
    body, person = make_organisation("Cardiff"), make_user()
    Organisation.objects.filter(pk=body.pk).update(is_active=refused != "organisation")
    User.objects.filter(pk=person.pk).update(is_active=refused != "user")
    page = staff.post(
        reverse("admin:members_officeholding_add"),
        {
            "user": person.pk,
            "organisation": body.pk,
            "office": make_office().pk,
            "started_on": "2016-03-01",
            "evidence": "minutes",
        },
    )
    assert list(page.context["adminform"].form.errors) == [refused]
    assert not Officeholding.objects.exists()


def test_merge_keeps_the_office_that_the_duplicate_held_and_the_other_claimed(staff):
    body, keep = make_organisation("Cardiff"), make_user()
    duplicate = make_officer(body)
    claim = make_holding(keep, body, state=Officeholding.State.CLAIMED)
    staff.post(act_url(keep, "merge"), {"duplicate": duplicate.email, "reason": "rang them"})
    (held,) = Officeholding.objects.in_force(AT.date())
    claim.refresh_from_db()
    assert (held.user, claim.state) == (keep, "rejected")
