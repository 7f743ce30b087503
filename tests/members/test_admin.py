"""The staff's pages of people and bodies."""

import csv
import io
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import reverse

import clock
from mailing.models import Mail
from members.exports import cell
from members.models import AuditEntry, Office, Organisation, Region, User
from members.roles import Role, roles_of
from tests.factories import (
    AT,
    make_authenticator,
    make_member,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
    sign_in,
)
from tests.members.desk import act_url

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label == "members"]


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_list_and_search_of_every_table_open(staff, model):
    make_officer(make_organisation("Cardiff"))
    url = reverse(f"admin:members_{model._meta.model_name}_changelist")
    assert staff.get(url).status_code == 200
    assert staff.get(url, {"q": "Cardiff"}).status_code == 200


def test_roles_given_by_an_administrator_are_audited_and_told(staff, administrator):
    person = make_user(name="Ann")
    url = reverse("admin:members_user_change", args=[person.pk])
    staff.post(url, {"name": "Ann", "roles": ["finance", "auditor"]})
    person = User.objects.get(pk=person.pk)
    assert roles_of(person) == {Role.FINANCE, Role.AUDITOR}
    entry = AuditEntry.objects.get(action="roles.changed")
    assert (entry.actor, entry.after) == (administrator, {"roles": ["auditor", "finance"]})
    assert "Finance" in Mail.objects.get(to_address=person.email).text


def test_roles_taken_leave_a_person_who_is_not_staff(staff):
    person = make_staff(Role.FINANCE)
    url = reverse("admin:members_user_change", args=[person.pk])
    staff.post(url, {"name": person.name})
    assert not User.objects.get(pk=person.pk).is_staff


def test_administrator_cannot_lock_themself_out(staff, administrator):
    url = reverse("admin:members_user_change", args=[administrator.pk])
    page = staff.post(url, {"name": administrator.name, "roles": ["finance"]})
    assert "cannot take the administrator" in page.content.decode()
    assert roles_of(User.objects.get(pk=administrator.pk)) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_gives_roles(client, role):
    person, officer = make_user(), make_staff(role)
    url = reverse("admin:members_user_change", args=[person.pk])
    answer = sign_in(client, officer).post(url, {"name": "x", "roles": ["administrator"]})
    assert answer.status_code == 403
    assert not User.objects.get(pk=person.pk).is_staff
    own = reverse("admin:members_user_change", args=[officer.pk])
    assert client.post(own, {"name": "x", "roles": ["administrator"]}).status_code == 403


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "user_permissions", "groups"])
def test_fields_of_privilege_posted_to_a_sign_in_change_nothing(staff, field):
    person = make_user()
    url = reverse("admin:members_user_change", args=[person.pk])
    staff.post(url, {"name": person.name, field: "1", "email": "other@example.org"})
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, person.is_staff, person.groups.count()) == (False, False, 0)
    assert person.email != "other@example.org"


def test_sign_in_made_by_staff_has_a_confirmed_address_and_roles(staff):
    answer = staff.post(
        reverse("admin:members_user_add"),
        {"name": "Ann", "email": "Ann@Example.org", "roles": ["auditor"]},
    )
    assert answer.status_code == 302
    made = User.objects.get(email="ann@example.org")
    assert roles_of(made) == {Role.AUDITOR}
    assert EmailAddress.objects.get(user=made).verified


def test_sign_in_with_a_known_address_is_refused_in_the_form(staff):
    make_user("ann@example.org")
    page = staff.post(
        reverse("admin:members_user_add"), {"name": "Ann", "email": "ANN@example.org"}
    )
    assert "Another sign-in has this e-mail address." in page.content.decode()


def test_address_changed_by_staff_is_told_at_both_addresses(staff):
    person = make_user("old@example.org")
    staff.post(act_url(person, "address"), {"email": "New@example.org", "reason": "rang"})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert set(Mail.objects.values_list("to_address", flat=True)) == {
        "old@example.org",
        "new@example.org",
    }
    entry = AuditEntry.objects.get(action="address.changed")
    assert (entry.before, entry.after, entry.reason) == (
        {"address": "o…@example.org"},
        {"address": "n…@example.org"},
        "rang",
    )


def test_second_factor_is_taken_from_somebody_else_but_not_from_oneself(staff, administrator):
    person = make_staff(Role.FINANCE)
    make_authenticator(person)
    staff.post(act_url(person, "second-factor"), {"reason": "lost phone"})
    assert not Authenticator.objects.filter(user=person).exists()
    page = staff.post(act_url(administrator, "second-factor"), {"reason": "lost phone"})
    assert "Ask another administrator" in page.content.decode()


def test_closed_sign_in_signs_nobody_in(staff, client):
    person = make_user()
    staff.post(act_url(person, "close"), {"reason": "asked for"})
    person.refresh_from_db()
    assert not person.is_active
    staff.post(act_url(person, "open"), {"reason": "mistake"})
    person.refresh_from_db()
    assert person.is_active


def test_changes_to_a_body_are_audited_with_before_and_after(staff, administrator):
    body = make_organisation("Cardiff")
    staff.post(
        reverse("admin:members_organisation_change", args=[body.pk]),
        {"name": "Cardiff and Vale", "slug": "cardiff", "kind": body.kind, "is_active": "on"},
    )
    assert Organisation.objects.get().name == "Cardiff and Vale"
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (administrator, "organisation.changed")
    assert (entry.before, entry.after) == ({"name": "Cardiff"}, {"name": "Cardiff and Vale"})
    history = staff.get(reverse("admin:members_organisation_history", args=[body.pk]))
    assert "Cardiff and Vale" in history.content.decode()


def test_personal_fields_of_a_member_do_not_enter_the_trail(staff):
    member = make_member(surname="Jones")
    staff.post(
        reverse("admin:members_member_change", args=[member.pk]),
        {
            "number": member.number,
            "given_names": "Ann",
            "surname": "Smith",
            "postcode": member.postcode,
            "standing": "full",
            "joined_on": "2010-01-01",
        },
    )
    member.refresh_from_db()
    assert member.surname == "Smith"
    assert AuditEntry.objects.get().after == {"surname": "not kept here"}


def test_member_is_connected_and_disconnected_by_staff(staff):
    member, person = make_member(), make_user()
    staff.post(act_url(member, "match"), {"user": person.email, "reason": "rang"})
    member.refresh_from_db()
    assert member.user == person
    staff.post(act_url(member, "unmatch"), {"reason": "wrong one"})
    member.refresh_from_db()
    assert member.user is None


@pytest.mark.parametrize("name", ["office", "region", "organisation", "user", "auditentry"])
def test_nothing_with_history_can_be_deleted(staff, name):
    row = {
        "office": lambda: Office.objects.first(),
        "region": lambda: Region.objects.first(),
        "organisation": make_organisation,
        "user": make_user,
        "auditentry": lambda: AuditEntry.objects.create(
            at=AT, action="x.done", object_type="x", object_id="1", object_label="x"
        ),
    }[name]()
    url = reverse(f"admin:members_{name}_delete", args=[row.pk])
    assert staff.get(url).status_code == 403
    assert staff.post(url, {"post": "yes"}).status_code == 403


def test_audit_trail_is_exported_without_formulas(staff):
    body = make_organisation("=cmd|' /C calc'!A0")
    AuditEntry.objects.create(
        at=AT,
        organisation=body,
        action="x.done",
        object_type="x",
        object_id="1",
        object_label="@SUM(1)",
        reason="+1",
    )
    entry = AuditEntry.objects.get()
    answer = staff.post(
        reverse("admin:members_auditentry_changelist"),
        {"action": "export", "_selected_action": [entry.pk]},
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][3:5] == ["'@SUM(1)", "'=cmd|' /C calc'!A0"]
    assert rows[1][7] == "'+1"
    assert rows[1][0] == "Monday 14 March 2016, 12:00 UK time"


def test_audit_entry_is_read_in_words_with_weekday_and_uk_time(staff):
    entry = AuditEntry.objects.create(
        at=AT,
        action="payment.recorded",
        object_type="x",
        object_id="1",
        object_label="£50 by cheque",
        before={},
        after={"amount": "50", "note": "<b>paid</b>"},
    )
    page = staff.get(reverse("admin:members_auditentry_change", args=[entry.pk]))
    text = page.content.decode()
    assert "Payment recorded: £50 by cheque" in text
    assert "Mon 14 Mar 2016, 12:00 UK time" in text
    assert "amount: 50<br>note: &lt;b&gt;paid&lt;/b&gt;" in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_cell_that_would_be_a_formula_is_text(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell(f"  {start}1") == f"'  {start}1"


def test_data_of_a_person_is_downloaded_by_the_data_protection_officer(client):
    person = make_officer(make_organisation("Cardiff"))
    officer = make_staff(Role.DATA_PROTECTION_OFFICER)
    answer = sign_in(client, officer).post(act_url(person, "export"))
    tables = json.loads(answer.content)["tables"]
    assert tables["members.user"]["rows"][0]["email"] == person.email
    assert "password" not in tables["members.user"]["rows"][0]
    assert len(tables["members.officeholding"]["rows"]) == 1


def test_registrations_officer_may_not_download_or_erase_a_person(client):
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))
    person = make_user()
    for act in ("export", "erase", "close", "address", "second-factor"):
        assert client.post(act_url(person, act), {"reason": "x"}).status_code == 403


def test_list_of_sign_ins_takes_the_same_queries_for_one_and_for_thirty(
    staff, django_assert_max_num_queries
):
    for _ in range(30):
        make_staff(Role.FINANCE)
    with django_assert_max_num_queries(15):
        staff.get(reverse("admin:members_user_changelist"))


def test_name_changed_by_staff_leaves_an_entry_without_the_name(staff, administrator):
    person = make_user(name="Ann")
    url = reverse("admin:members_user_change", args=[person.pk])
    staff.post(url, {"name": "Ann Jones"})
    assert User.objects.get(pk=person.pk).name == "Ann Jones"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_id, entry.after) == (
        "user.changed",
        administrator,
        str(person.pk),
        {"name": "not kept here"},
    )
