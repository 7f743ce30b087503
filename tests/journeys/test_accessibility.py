"""Every page and every form, empty and refused, for everybody: WCAG 2.2 AA by axe and a few walks.

The pages come from the URL conf and the world of the access matrix. Each is looked at by the first
person in ORDER who may see it. A route that nobody sees as a page is excused here with a reason, or
fails the test.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from events.models import Conference
from mailing.links import unsubscribe
from motions.awards.services.consenting import hash_of
from motions.models import AwardHonour, AwardRules
from motions.nominations.links import token_hash
from motions.nominations.models import Candidate
from motions.services import ruling
from registrations.models import DelegateLink, Interest, Place
from registrations.services import links
from tests.access.routes import Route, all_routes
from tests.access.world import World, arguments, make_world
from tests.factories import AT, make_user
from tests.hostile.walking import shared_between_databases, this_half
from tests.journeys.conftest import AT_A_DESK, real_conference, session_of
from tests.journeys.mailed_pages import EXCUSED as EXCUSED_OF_LINKS
from tests.journeys.mailed_pages import mailed_pages
from tests.plugins.browser import DESK, PHONE
from tests.registrations import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROWEST = (320, 640)
ORDER = ("stranger", "officer", "member", "CAC member", "staff: administrator")
ORDER += ("chair", "judge", "policy committee", "CAC member without second factor")
ORDER += ("staff: access officer", "staff: data protection officer", "staff: finance")

EXCUSED = {
    **EXCUSED_OF_LINKS,
    "healthz": "a word for machines",
    "readyz": "a word for machines",
    "robots-txt": "plain text",
    "security-txt": "plain text",
    "well-known-password": "leads to the page that changes a password",
    "events:programme-ics": "a calendar file",
    "events:dates-ics": "a calendar file",
    "events:all-dates-ics": "a calendar file",
    "consultations:document": "a file that was sent in",
    "consultations:by-link-document": "a file that was sent in",
    "consultations:desk-document": "a file that was sent in",
    "consultations:paper": "a file",
    "consultations:response-pdf": "a tagged PDF: tests/motions/consultations",
    "consultations:report-desk-pdf": "a tagged PDF: tests/motions/consultations",
    "consultations:publish": "a button on the committee's desk",
    "consultations:export": "a button on the committee's desk",
    "consultations:remove-theme": "a button on the committee's desk",
    "mfa_download_recovery_codes": "a text file",
    "admin:registrations_booking_statement": "a tagged PDF: tests/registrations/test_documents",
    "admin:members_member_import_template": "a table to fill in",
    "admin:members_organisation_import_template": "a table to fill in",
    "admin:registrations_delegation_import_template": "a table to fill in",
    "admin:registrations_booking_scan": "a file that came by post",
    "admin:registrations_booking_add": "closed to everybody: what came by post has its own page",
    "admin:motions_motion_file": "a file that came by post",
    "admin:motions_motion_add": "closed to everybody: what came by post has its own page",
    "account_reauthenticate": "leads to the second factor; the form is that of the sign-in",
    "account_change_password": "leads to setting one: nobody here has a password yet",
    "account_confirm_login_code": "only while signing in: test_staff_sign_in",
    "account_confirm_password_reset_code": "only while resetting: tests/members",
    "account_complete_password_reset": "only while resetting: tests/members",
    "account_email_verification_sent": "only while signing up: tests/members",
    "mfa_deactivate_totp": "asks who one is first; its form is a button",
    "mfa_view_recovery_codes": "asks who one is first; shown once, when they are made",
    "mfa_generate_recovery_codes": "asks who one is first; its form is a button",
    "mfa_authenticate": "only while signing in: test_staff_sign_in",
    "members:withdraw": "a button: POST only",
    "events:withdraw-authority": "a button: POST only",
    "mailing:unsubscribe": "looked at in other_states",
    "admin:motions_amendment_file": "a file that came by post",
    "admin:motions_amendment_add": "closed to everybody: what came by post has its own page",
    "motions:cac-catch-up": "a button: POST only",
    "motions:cac-publish": "a button: POST only",
    "motions:keep": "a button: POST only",
    "motions:together": "a button: POST only; looked at in test_two_officers",
    "motions:cac-publish-all": "a button: POST only",
    "registrations:statement": "a tagged PDF: tests/registrations/test_documents",
    "registrations:invoice": "a tagged PDF: tests/registrations/test_documents",
    "registrations:receipt": "a tagged PDF: tests/registrations/test_documents",
    "registrations:delegate": "looked at in other_states",
    "registrations:pay_by_card": "a button: POST only",
    "registrations:card_event": "for the card provider: POST only",
    "registrations:practice_card": "for development only: tests/registrations/test_cards",
    "registrations:delegate_support": "looked at in other_states",
    "registrations:booking_support": "the world's booking is a body's: the page is that of `support`",
    "registrations:certificate": "a tagged PDF: tests/registrations/test_certificates",
    "registrations:certificates": "a tagged PDF: tests/registrations/test_certificates",
    "registrations:delegate_certificate": "looked at in other_states, where there is none",
    "registrations:joining": "a tagged PDF: tests/registrations/test_joining",
    "registrations:door_badges": "a list for a script",
    "registrations:door_send": "sent by a script: POST only",
    "registrations:door_show": "a button: POST only; its answer is looked at in test_door_in_the_browser",
    "registrations:send_code": "a button: POST only",
    "registrations:keep_places": "a button: POST only",
    "registrations:use_code": "POST only: the page is that of the personal link",
    "registrations:add_extra": "looked at in other_states: the world has no extra on this place",
    "registrations:remove_extra": "looked at in test_member_books: the world has no extra",
    "registrations:booking": "looked at in other_states",
    "registrations:interest": "looked at in other_states",
    "registrations:interest_form": "looked at in other_states",
    "registrations:confirm_interest": "looked at in other_states",
    "nominations:answer": "looked at in other_states",
    "nominations:statement": "looked at in other_states",
    "nominations:stand-down": "looked at in other_states",
    "nominations:own-photo": "a picture: tests/motions/nominations/test_nominee",
    "nominations:photo": "a picture: tests/motions/nominations/test_desk",
    "nominations:booklet": "a tagged PDF: tests/motions/nominations/test_booklet",
    "motions:order-paper": "a file: tests/motions/agendas/test_papers",
    "motions:chair-script": "a tagged PDF: tests/motions/agendas/test_papers",
    "motions:agenda-paper": "a file: tests/motions/agendas/test_papers",
    "motions:agenda-errata": "a file: tests/motions/agendas/test_papers",
    "motions:cac-pack": "a tagged PDF: tests/motions/test_pack",
    "awards:separate": "a button: POST only",
    "awards:evidence": "a file that was sent in",
    "awards:scan": "a file that came by post",
    "awards:script": "a tagged PDF: tests/motions/awards/test_panel_pages",
    "awards:certificates": "a tagged PDF: tests/motions/awards/test_panel_pages",
    "awards:own-certificate": "a tagged PDF: tests/motions/awards/test_panel_pages",
    **dict.fromkeys(
        ("awards:afterwards", "awards:honoured", "awards:roll", "awards:roll-honour"),
        "looked at in other_states",
    ),
    "awards:honour": "looked at in other_states",
    "motions:appeal": "looked at in other_states",
    "motions:late": "leads to the motion until the door is closed: test_delegate_moves",
}
MADE_UP = "/design/"  # its forms lead nowhere
#: Of the admin every kind of page is looked at; every table of it in the drill.
SHORT_OF_THE_ADMIN = (
    "index",
    "events_conference_",
    "events_session_change",
    "events_day_change",
    "events_deadline_change",
    "events_reminder_health",
    "registrations_booking_",
    "registrations_servicemail_write",
    "registrations_interest_enter",
    "registrations_passtype_change",
    "motions_motion_",
    "motions_rulingreason_changelist",
    "members_user_change",
    "members_member_import",
    "registrations_payment_bank",
    "members_officeholding_add",
    "mailing_mail_changelist",
)
APPS = ("account", "members", "events", "registrations", "motions", "nominations", "awards")
APPS += ("consultations", "admin", "other")


def app_of(route: Route) -> str:
    """Which test looks at this route."""
    first = route.name.partition(":")[0]
    if route.name.startswith(("account_", "mfa_", "usersessions_")):
        return "account"
    return first if first in APPS else "other"


def looked_at(app: str, *, is_drill: bool) -> list[Route]:
    routes = [r for r in all_routes() if app_of(r) == app and r.name not in EXCUSED]
    if app != "admin" or is_drill:
        wanted = [r for r in routes if r.page not in ("delete", "act")]
        return wanted if is_drill else shared_between_databases(wanted)
    return this_half(
        [
            r
            for r in routes
            if r.name.removeprefix("admin:").startswith(SHORT_OF_THE_ADMIN)
            and r.page not in ("delete", "act", "history")
        ]
    )


def other_states(world: World, app: str) -> list[tuple[str, str]]:
    """Pages whose one route shows several things: (who, address)."""
    if app == "nominations":
        asked, agreed = Candidate.objects.filter(state="asked"), world.objects["candidate"]
        asked.update(token_hash=token_hash("nominee"))
        Candidate.objects.filter(pk=agreed.pk).update(
            post=world.objects["post"],
            state="consented",
            years=None,
            token_hash=token_hash("agreed"),
        )
        pages = [reverse("nominations:answer", args=["nominee"])]
        pages += [
            reverse(f"nominations:{name}", args=["agreed"])
            for name in ("answer", "statement", "stand-down")
        ]
        return [("stranger", page) for page in pages]
    if app == "other":
        mail = world.objects["mail"]
        unsubscribing = ("stranger", urlsplit(unsubscribe(mail.message_id)).path)
        return [unsubscribing, *mailed_pages(world, app)]
    if app == "events":
        return mailed_pages(world, app)
    if app == "awards":
        return _presented_awards(world)
    if app == "motions":
        sent = world.objects["sent motion"]
        ruling.rule(
            by=make_user(),
            motion=sent,
            version=sent.current_version,
            verdict="not_in_order",
            words="It is about policy.",
            at=AT,
        )
        return [("officer", reverse("motions:appeal", args=[sent.conference.slug, sent.pk]))]
    if app != "registrations":
        return []
    booking = world.objects["booking"]
    token = links.issue(booking=booking, at=AT)
    free = real_conference("west-midlands-2022", status="provisional")
    Interest.objects.update(key_hash=links.hashed("interested"))
    _ask_the_delegate(booking.places.first(), "asked")
    return [
        ("officer", reverse("registrations:booking", args=[booking.reference])),
        ("stranger", reverse("registrations:booking", args=[token])),
        ("stranger", reverse("registrations:booking", args=[token]) + "?sent=1"),
        ("stranger", reverse("registrations:interest", args=[free.slug])),
        ("stranger", reverse("registrations:interest_form", args=[free.slug])),
        ("stranger", reverse("registrations:confirm_interest", args=["interested"])),
        ("stranger", reverse("registrations:delegate", args=["asked"])),
        ("stranger", reverse("registrations:delegate_support", args=["asked"])),
        ("stranger", reverse("registrations:delegate_certificate", args=["asked"])),
    ]


def _presented_awards(world: World) -> list[tuple[str, str]]:
    """The awards' pages once the hour has come."""
    honour, slug = world.objects["honour"], world.conference.slug
    Conference.objects.filter(slug=slug).update(starts_on=AT.date(), ends_on=AT.date())
    AwardRules.objects.update(presented_at=AT)
    AwardHonour.objects.update(token_hash=hash_of("honoured"))
    return [
        ("stranger", reverse("awards:roll", args=[slug])),
        ("stranger", reverse("awards:roll-honour", args=[slug, honour.pk])),
        ("stranger", reverse("awards:honour", args=["honoured"])),
        ("judge", reverse("awards:panel", args=[slug])),
        ("judge", reverse("awards:afterwards", args=[slug])),
        ("judge", reverse("awards:honoured", args=[slug, honour.pk])),
    ]


def _ask_the_delegate(place: Place, token: str) -> None:
    """A link as it is mailed to the delegate of a place."""
    DelegateLink.objects.create(
        place=place,
        address=place.email,
        key_hash=links.hashed(token),
        created_at=AT,
        expires_at=AT + dt.timedelta(days=30),
    )


class Eyes:
    """Looks at pages as each of the people of a world."""

    def __init__(self, world: World, open_page, is_accessible, host: str) -> None:
        self.world, self.is_accessible, self.host = world, is_accessible, host
        self.clients = {role: self._client(role) for role in ORDER}
        self.pages: dict[str, Page] = {}
        self.open_page = open_page
        self.faults: list[str] = []

    def _client(self, role: str) -> Client:
        person = self.world.people[role]
        if person is None:
            return Client()
        return session_of(person, second_factor="without second factor" not in role)

    def who_sees(self, url: str) -> str | None:
        """The first in ORDER for whom this is a page."""
        for role, client in self.clients.items():
            answer = client.get(url)
            if answer.streaming:
                b"".join(answer.streaming_content)  # read to its end, a file is closed
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                return role
        return None

    def page_of(self, role: str) -> Page:
        if role not in self.pages:
            page = self.pages[role] = self.open_page(AT_A_DESK)
            page.context.add_cookies(
                [
                    {"name": name, "value": morsel.value, "url": self.host}
                    for name, morsel in self.clients[role].cookies.items()
                ]
            )
        return self.pages[role]

    def look(self, role: str, url: str) -> None:
        """The page as it opens; then its first form with everything required left out."""
        page = self.page_of(role)
        page.set_viewport_size(dict(zip(("width", "height"), DESK, strict=True)))
        answer = page.goto(url)
        if answer.status != 200:
            self.faults.append(f"{url} ({role}): {answer.status}, so nobody saw the page itself")
        self._judge(page, f"{url} ({role})")
        if not url.startswith(MADE_UP) and page.locator(REQUIRED).count():
            with page.expect_navigation():
                page.evaluate(LEAVE_IT_OUT, REQUIRED)
            if page.locator(".error-summary, .errornote").count():
                self._judge(page, f"{url} ({role}), refused")
            else:
                self.faults.append(f"{url} ({role}): an empty form is not refused with a summary")

    def _judge(self, page: Page, what: str) -> None:
        for size in (DESK, PHONE):
            page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
            try:
                self.is_accessible(page)
            except AssertionError as fault:
                self.faults.append(f"{what} at {size[0]}: {str(fault).split('assert ')[0]}")
        page.set_viewport_size(dict(zip(("width", "height"), NARROWEST, strict=True)))
        self.faults += [f"{what}: {fault}" for fault in page.evaluate(WALK)]


#: A control that must be filled in, of a form that does something.
REQUIRED = (
    "main form[method=post]:not(#changelist-form) [required]:not([type=hidden]),"
    "#content-main form[method=post]:not(#changelist-form) [required]:not([type=hidden])"
)

#: Empties what is required in the first such form of the page and sends it.
LEAVE_IT_OUT = """required => {
  const form = document.querySelector(required).form;
  for (const field of form.querySelectorAll('[required]:not([type=hidden])')) {
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
    else if (field.tagName === 'SELECT') field.selectedIndex = -1;
    else field.value = '';
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector('button[type=submit], button:not([type]), input[type=submit]'));
}"""

#: No sideways scroll; every way on can hold the focus; a main action is large enough for a thumb.
WALK = """() => {
  const faults = [];
  const root = document.documentElement;
  const inAdmin = document.getElementById('site-name');
  if (!inAdmin && root.scrollWidth > root.clientWidth) faults.push('scrolls sideways at 320');
  for (const way of document.querySelectorAll('main a[href], main button, main summary')) {
    if (way.disabled || !way.checkVisibility({visibilityProperty: true})) continue;
    way.focus();
    if (document.activeElement !== way) faults.push('no focus: ' + way.outerHTML.slice(0, 90));
    if (way.matches('.btn') && way.getBoundingClientRect().height < 44)
      faults.push('smaller than a thumb: ' + way.outerHTML.slice(0, 90));
  }
  return faults;
}"""


@pytest.fixture
def eyes(at, sit_down, assert_accessible, live_server) -> Eyes:
    at(AT)
    world = make_world()
    # a pass that a place could be changed to
    build.visitor_pass(world.conference, code="observer", name="Observer pass", role="observer")
    return Eyes(world, sit_down, assert_accessible, live_server.url)


@pytest.mark.parametrize("app", APPS)
def test_every_page_and_refused_form_is_accessible(eyes, app, is_drill):
    unseen = defaultdict(list)
    for route in looked_at(app, is_drill=is_drill):
        url = reverse(route.name, kwargs=arguments(route, eyes.world))
        role = eyes.who_sees(url)
        if role is None:
            unseen[app].append(route.name)
        else:
            eyes.look(role, url)
    for role, url in shared_between_databases(other_states(eyes.world, app)):
        eyes.look(role, url)
    assert eyes.faults == [], "\n".join(eyes.faults)
    assert not unseen, f"Nobody sees these as a page: excuse them with a reason. {dict(unseen)}"


def test_nothing_is_excused_that_is_not_there():
    assert set(EXCUSED) <= {route.name for route in all_routes()}
