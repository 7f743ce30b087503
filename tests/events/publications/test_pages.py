"""Publications as people meet them: what is out, three ways in, the link in the mail, counts."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

import clock
from events.models import Conference, DownloadTally, Publication, PublicationRequest
from events.publications import services
from events.services.public_pages import mark_changed
from mailing.models import Mail
from members.models import Consent
from registrations.models import Booking, Place
from tests.events.publications.make import PDF, make_campaign, make_publication, make_version
from tests.factories import AT, make_conference, make_staff, make_user, sign_in
from tests.registrations import build

pytestmark = pytest.mark.django_db
TICK = dt.timedelta(microseconds=1)
HOUR = dt.timedelta(hours=1)
ASKED = {"name": "Sue Porter", "email": "Sue@People.example"}


def get(client, url, at=AT):
    with clock.frozen(at):
        return client.get(url)


def post(client, url, data=None, at=AT):
    with clock.frozen(at):
        return client.post(url, data or {})


def file_of(row, number=1):
    return reverse("events:publication-file", args=[row.slug, number])


def content_of(answer):
    return b"".join(answer.streaming_content)


def asked(client, row, at=AT, **given):
    data = {**ASKED, "key": str(uuid.uuid4()), **given}
    return post(client, row.get_absolute_url(), data, at)


def ticket_in(answer):
    return re.search(r'name="ticket" value="([^"]+)"', answer.content.decode())[1]


def link_in(mail):
    return re.search(r"https?://[^/\s]+(/publications/links/\S+)", mail.text)[1]


# what is not out does not exist


@pytest.mark.parametrize(
    "fields",
    [
        {"is_draft": True},
        {"publish_at": AT + TICK},
        {"conference": {"status": Conference.Status.DRAFT}},
        {"campaign": {"is_public": False}},
    ],
)
def test_publication_that_is_not_out_answers_as_one_that_does_not_exist(client, fields):
    made = {"conference": make_conference, "campaign": make_campaign}
    fields = {
        name: made[name](**value) if name in made else value for name, value in fields.items()
    }
    row = make_publication(**fields)
    nowhere = row.slug[:-1] + "x"
    for name, more in (("publication", []), ("publication-file", [1]), ("publication-cover", [])):
        here = get(client, reverse(f"events:{name}", args=[row.slug, *more]))
        there = get(client, reverse(f"events:{name}", args=[nowhere, *more]))
        assert (here.status_code, there.status_code) == (404, 404)
        assert here.content.replace(row.slug.encode(), b"") == there.content.replace(
            nowhere.encode(), b""
        )
    assert row.title not in get(client, reverse("events:publications")).content.decode()


def test_publication_comes_out_at_its_instant_on_every_page(client):
    row = make_publication(publish_at=AT + HOUR)
    pages = [row.conference.get_absolute_url(), reverse("events:publications")]
    for url in pages:
        assert row.title not in get(client, url, AT).content.decode()
        assert row.title not in get(client, url, AT + HOUR - TICK).content.decode()
        assert row.title in get(client, url, AT + HOUR).content.decode()


def test_version_is_offered_from_its_instant_and_older_ones_stay_listed(client):
    row = make_publication()
    make_version(row, 2, offered_from=AT + HOUR)
    before = get(client, row.get_absolute_url(), AT).content.decode()
    assert file_of(row, 1) in before
    assert file_of(row, 2) not in before
    assert get(client, file_of(row, 2), AT).status_code == 404
    after = get(client, row.get_absolute_url(), AT + HOUR).content.decode()
    assert (
        after.index(file_of(row, 2))
        < after.index("Earlier versions")
        < after.index(file_of(row, 1))
    )


def test_page_of_a_conference_with_publications_still_costs_four_queries(
    client, django_assert_max_num_queries
):
    row = make_publication()
    make_publication(conference=row.conference)
    mark_changed()
    with django_assert_max_num_queries(4):
        page = get(client, row.conference.get_absolute_url()).content.decode()
    assert page.count('href="/publications/report-') == 2


def test_publication_whose_file_is_not_known_says_so(client):
    page = get(client, make_publication(versions=0).get_absolute_url()).content.decode()
    assert "The file is not held here." in page


# for everybody


def test_public_publication_is_taken_by_a_button_that_counts_and_nothing_of_by_whom(client):
    row = make_publication()
    sign_in(client, make_user())
    got = get(client, file_of(row))
    assert (content_of(got), got["Content-Type"]) == (PDF, "application/pdf")
    assert got["Content-Disposition"] == f'attachment; filename="{row.slug}-1.pdf"'
    assert DownloadTally.objects.count() == 0
    for _ in range(2):
        assert content_of(post(client, file_of(row))) == PDF
    tally = DownloadTally.objects.get()
    assert (tally.count, tally.way, tally.day) == (2, "public", AT.date())


# by the form


@pytest.fixture
def by_form():
    return make_publication(campaign=make_campaign(), access=Publication.Access.FORM)


def test_form_offers_the_file_at_once_and_mails_a_link_of_two_weeks(client, by_form, mailbox):
    refused = get(client, file_of(by_form))
    assert (refused.status_code, refused["Location"]) == (302, by_form.get_absolute_url())
    ticket = ticket_in(asked(client, by_form))
    assert content_of(post(client, file_of(by_form), {"ticket": ticket})) == PDF
    [mail] = mailbox.to("sue@people.example")
    assert "Monday 28 March 2016, 13:00 UK time" in mail.text
    link = link_in(mail)
    page = get(client, link, AT + HOUR * 3)
    taken = post(client, file_of(by_form), {"ticket": ticket_in(page)}, AT + HOUR * 3)
    assert content_of(taken) == PDF
    assert dict(DownloadTally.objects.values_list("way", "count")) == {"form": 1, "link": 1}
    end = AT + services.LINK_LASTS
    assert get(client, link, end - TICK).status_code == 200
    over = get(client, link, end)
    assert (over.status_code, "This link has ended." in over.content.decode()) == (410, True)


def test_ticket_of_the_form_serves_for_an_hour_and_for_its_publication_alone(client, by_form):
    other = make_publication(campaign=by_form.campaign, access=Publication.Access.FORM)
    ticket = ticket_in(asked(client, by_form))
    send = {"ticket": ticket}
    assert content_of(post(client, file_of(by_form), send, AT + HOUR - TICK)) == PDF
    assert post(client, file_of(by_form), send, AT + HOUR).status_code == 302
    assert post(client, file_of(other), send).status_code == 302
    assert post(client, file_of(by_form), {"ticket": ticket + "x"}).status_code == 302


def test_form_sent_twice_or_within_ten_minutes_makes_one_row_and_one_mail(client, by_form):
    key = str(uuid.uuid4())
    for minutes, given in ((0, {"key": key}), (1, {"key": key}), (9, {})):
        page = asked(client, by_form, AT + dt.timedelta(minutes=minutes), **given)
        assert ticket_in(page)
    assert (PublicationRequest.objects.count(), Mail.objects.count()) == (1, 1)
    asked(client, by_form, AT + HOUR)
    assert (PublicationRequest.objects.count(), Mail.objects.count()) == (1, 2)


def test_news_need_the_tick_and_the_word_of_whoever_reads_the_mail(client, by_form, mailbox):
    asked(client, by_form)
    assert "news of the Co-operative Party" not in mailbox[0].text
    asked(client, by_form, email="ron@people.example", wants_news="on")
    assert Consent.objects.count() == 0
    link = link_in(mailbox.to("ron@people.example")[0])
    assert post(client, link_in(mailbox[0]), {"do": "news"}).status_code == 302
    assert Consent.objects.count() == 0
    for _ in range(2):
        post(client, link, {"do": "news"})
    consent = Consent.objects.get()
    assert (consent.address, consent.wording) == ("ron@people.example", services_words())
    assert consent.source == f"publication {by_form.slug}"


def services_words():
    return "Yes, e-mail me news and campaigns of the Co-operative Party."


def test_form_that_is_refused_keeps_what_was_typed_and_names_the_field(client, by_form):
    page = asked(client, by_form, email="nowhere").content.decode()
    assert 'value="Sue Porter"' in page
    assert "error-summary" in page
    assert PublicationRequest.objects.count() == 0


# for registrants


@pytest.fixture
def year():
    return build.year_2016()


@pytest.fixture
def for_registrants(year):
    build.visitor_pass(year)
    return make_publication(conference=year, access=Publication.Access.REGISTRANTS)


def visit(conference):
    booking = Booking.objects.create(
        conference=conference,
        reference="BKKD-2345",
        state=Booking.State.SUBMITTED,
        submitted_at=AT,
        created_at=AT,
        contact_name="Ann Other",
        contact_email="ann@people.example",
        payment_method=Booking.Method.INVOICE,
    )
    visitor = conference.pass_types.get(code="visitor")
    Place.objects.create(booking=booking, pass_type=visitor, name="Ann", position=1)
    return booking


def test_registrants_alone_take_it_by_their_sign_in(client, for_registrants):
    booking = visit(for_registrants.conference)
    person = make_user(booking.contact_email)
    sign_in(client, make_user())
    assert post(client, file_of(for_registrants)).status_code == 302
    sign_in(client, person)
    assert content_of(post(client, file_of(for_registrants))) == PDF
    assert DownloadTally.objects.get().way == "registrant"


def test_address_that_is_registered_is_mailed_a_link_and_no_other_and_the_page_tells_neither(
    client, for_registrants, mailbox
):
    booking = visit(for_registrants.conference)
    pages = []
    for address in (booking.contact_email, "nobody@people.example"):
        before = len(mailbox)
        page = asked(client, for_registrants, email=address).content.decode()
        pages.append(page.replace(address, "ADDRESS"))
        sent = list(mailbox)[before:]
        assert [mail.to_address for mail in sent] == (
            [address] if address == booking.contact_email else []
        )
    assert re.sub(r'value="[^"]{60,}"', "", pages[0]) == re.sub(r'value="[^"]{60,}"', "", pages[1])
    asked(client, for_registrants, email=booking.contact_email)
    mails = mailbox.to(booking.contact_email)
    assert len([mail for mail in mails if "/publications/links/" in mail.text]) == 1
    page = get(client, link_in(mails[-1]))
    taken = post(client, file_of(for_registrants), {"ticket": ticket_in(page)})
    assert (content_of(taken), DownloadTally.objects.get().way) == (PDF, "link")


# versions


def test_version_added_twice_by_one_form_is_one_and_its_pages_are_read_off():
    row, key = make_publication(versions=0), uuid.uuid4()
    for _ in range(2):
        services.add_version(
            by=make_staff(), publication=row, given=new_version(PDF), at=AT, key=key
        )
    version = row.versions.get()
    assert (version.number, version.pages, version.size) == (1, 12, len(PDF))


def test_version_whose_pages_cannot_be_read_off_asks_for_them():
    row = make_publication(versions=0)
    with pytest.raises(ValidationError, match="Say how many"):
        services.add_version(
            by=None, publication=row, given=new_version(b"%PDF-1.7"), at=AT, key=uuid.uuid4()
        )


def new_version(content):
    return services.NewVersion(document=ContentFile(content))
