"""Changing, cancelling, paying, paper, interest, links: what the verbs do and refuse."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image

from events.models import Conference, DeadlineChange
from mailing.models import Mail
from members.models import AuditEntry, Consent
from registrations.models import AccessCode, Booking, Interest, Line, Payment, PlaceNeeds
from registrations.orders import Paper, PlaceWish
from registrations.services import cancelling, changing, interest, links, needs, paper, payments
from tests.registrations import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def year(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = build.year_2016()
    build.visitor_pass(made)
    return made


@pytest.fixture
def booking(year):
    """Two delegates of a body at the early price."""
    delegate = year.pass_types.get(code="delegate")
    wishes = [PlaceWish(pass_type=delegate, name="Dai"), PlaceWish(pass_type=delegate)]
    order = build.order(year, *wishes, organisation=build.body(), payment_method="cheque")
    return build.book(order, at=build.EARLY, quoted="180")


@pytest.fixture
def staff():
    return build.user("staff@party.example", is_staff=True)


# Changing


def test_dinner_added_in_july_to_a_may_booking_charges_only_the_dinner(year, booking):
    place = booking.places.first()
    changing.add_extra(
        by=None, place=place, extra=year.extras.get(), at=build.LATE, quoted=Decimal(45)
    )
    lines = list(booking.lines.order_by("pk").values_list("amount", "priced_at"))
    assert lines == [(90, build.EARLY), (90, build.EARLY), (45, build.LATE)]
    assert booking.total == 225


def test_extra_with_an_old_price_is_refused_with_the_new(year, booking):
    with pytest.raises(ValidationError, match="now comes to £45.00, not £40"):
        changing.add_extra(
            by=None,
            place=booking.places.first(),
            extra=year.extras.get(),
            at=build.LATE,
            quoted=Decimal(40),
        )


def test_extra_that_is_sold_out_is_refused_and_nothing_is_charged(year, booking):
    dinner = year.extras.get()
    dinner.capacity = 1
    dinner.save()
    first, second = booking.places.all()
    changing.add_extra(by=None, place=first, extra=dinner, at=build.LATE, quoted=Decimal(45))
    with pytest.raises(ValidationError, match="sold out"):
        changing.add_extra(by=None, place=second, extra=dinner, at=build.LATE, quoted=Decimal(45))
    assert booking.total == 225


def test_extra_taken_off_comes_off_the_total_and_can_be_had_again(year, booking):
    place, dinner = booking.places.first(), year.extras.get()
    add = {"by": None, "place": place, "extra": dinner, "quoted": Decimal(45)}
    line = changing.add_extra(at=build.LATE, **add)
    changing.remove_extra(by=None, line=line, at=build.LATE)
    assert booking.total == 180
    changing.add_extra(at=build.LATE, **add)
    assert booking.total == 225


def test_pass_changed_has_the_price_of_now_and_the_old_line_stays_as_history(year, booking):
    place = booking.places.first()
    visitor = year.pass_types.get(code="visitor")
    changing.change_pass(by=None, place=place, pass_type=visitor, at=build.LATE, quoted=Decimal(20))
    assert booking.total == 110
    assert booking.lines.count() == 3


def test_name_given_later_keeps_price_band_and_instant(booking):
    before = list(booking.lines.values_list("amount", "band", "priced_at"))
    place = booking.places.last()
    changing.name_place(by=None, place=place, name=" Mair ", email="", at=build.LATE)
    place.refresh_from_db()
    assert (place.name, place.named_at) == ("Mair", build.LATE)
    assert list(booking.lines.values_list("amount", "band", "priced_at")) == before


def test_name_after_the_names_deadline_is_refused_with_the_date(year, booking):
    build.deadline(year, "names", dt.date(2016, 8, 26))
    with pytest.raises(ValidationError, match="closed at the end of Friday 26 August 2016"):
        changing.name_place(
            by=None, place=booking.places.last(), name="Mair", at=build.CLOSES + 5 * DAY
        )


def test_change_of_a_cancelled_place_is_refused(year, booking):
    place = booking.places.first()
    cancelling.cancel_place(by=None, place=place, at=build.LATE)
    with pytest.raises(ValidationError, match="was cancelled"):
        changing.name_place(by=None, place=place, name="Mair", at=build.LATE)


# Cancelling


def test_place_cancelled_frees_it_and_its_extras(year, booking):
    place = booking.places.first()
    changing.add_extra(
        by=None, place=place, extra=year.extras.get(), at=build.LATE, quoted=Decimal(45)
    )
    cancelling.cancel_place(by=None, place=place, at=build.LATE)
    assert booking.total == 90
    assert Line.objects.holding().count() == 1


def test_last_place_cancelled_cancels_the_booking(booking):
    for place in booking.places.all():
        cancelling.cancel_place(by=None, place=place, at=build.LATE)
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_cancelling_twice_is_once(booking):
    for _ in range(2):
        cancelling.cancel_booking(by=None, booking=booking, at=build.LATE)
    assert AuditEntry.objects.filter(action="booking.cancelled").count() == 1
    assert Mail.objects.filter(subject__contains="is cancelled").count() == 1


@pytest.mark.parametrize(("at", "may"), [(-build.TICK, True), (build.TICK * 0, False)])
def test_cancelling_either_side_of_the_stated_time(year, booking, at, may):
    build.deadline(year, "changes", dt.date(2016, 8, 5))
    instant = build.EARLY_ENDS + 36 * DAY + at
    if may:
        cancelling.cancel_booking(by=None, booking=booking, at=instant)
    else:
        with pytest.raises(ValidationError, match="end of Friday 5 August 2016"):
            cancelling.cancel_booking(by=None, booking=booking, at=instant)


def test_cancelling_by_staff_with_a_reason_is_not_bound_by_the_time(year, booking, staff):
    cancelling.cancel_booking(
        by=staff, booking=booking, at=build.CLOSES + DAY, override_reason="bereavement"
    )
    entry = AuditEntry.objects.get(action="booking.cancelled")
    assert (entry.actor, entry.reason) == (staff, "bereavement")


def test_cancelling_deletes_the_needs(year):
    visitor = year.pass_types.get(code="visitor")
    wish = PlaceWish(pass_type=visitor, name="Ann", dietary="vegan")
    made = build.book(build.order(year, wish), at=build.EARLY, quoted="20")
    cancelling.cancel_booking(by=None, booking=made, at=build.LATE)
    assert PlaceNeeds.objects.count() == 0


def test_needs_are_deleted_on_the_stated_day_and_not_before(year):
    visitor = year.pass_types.get(code="visitor")
    wish = PlaceWish(pass_type=visitor, name="Ann", dietary="vegan")
    build.book(build.order(year, wish), at=build.EARLY, quoted="20")
    midnight = dt.datetime(2016, 10, 10, 23, 0, tzinfo=dt.UTC)
    assert needs.purge(at=midnight - build.TICK) == 0
    assert needs.purge(at=midnight) == 1


# Paying


def pay(booking, staff, *, amount="180", method="cheque", at=build.LATE, **fields):
    facts = {"received_on": dt.date(2016, 7, 20), "key": uuid.uuid4(), "reference": "000123"}
    return payments.record_payment(
        by=staff,
        booking=booking,
        method=method,
        amount=Decimal(amount),
        at=at,
        **{**facts, **fields},
    )


def test_cheque_that_bounces_is_owed_again_and_the_places_keep_their_price(booking, staff):
    cheque = pay(booking, staff)
    assert (booking.balance, cheque.state) == (0, "received")
    payments.move_cheque(
        by=staff, payment=cheque, to=Payment.State.BANKED, on=dt.date(2016, 7, 21), at=build.LATE
    )
    payments.bounce_payment(by=staff, payment=cheque, on=dt.date(2016, 7, 25), at=build.LATE)
    assert booking.balance == 180
    assert Line.objects.holding().count() == 2
    assert Mail.objects.filter(subject__contains="returned by the bank").count() == 1


def test_payment_with_the_same_key_is_one_payment(booking, staff):
    key = uuid.uuid4()
    assert pay(booking, staff, key=key) == pay(booking, staff, key=key)
    assert booking.received == 180


def test_bank_transfer_is_cleared_at_once_and_overpaying_shows_as_owed_back(booking, staff):
    assert pay(booking, staff, method="bacs", amount="200").state == "cleared"
    assert booking.balance == -20


@pytest.mark.parametrize("state", ["cleared", "bounced"])
def test_payment_that_is_settled_moves_no_more(booking, staff, state):
    cheque = pay(booking, staff)
    day = dt.date(2016, 7, 25)
    payments.move_cheque(by=staff, payment=cheque, to=state, on=day, at=build.LATE)
    with pytest.raises(ValidationError, match="cannot become banked"):
        payments.move_cheque(by=staff, payment=cheque, to="banked", on=day, at=build.LATE)


def test_payment_from_the_future_is_refused(booking, staff):
    with pytest.raises(ValidationError, match="cannot be in the future"):
        pay(booking, staff, received_on=dt.date(2016, 7, 21))


def test_late_payment_never_changes_the_price(booking, staff):
    pay(booking, staff, at=build.CLOSES, received_on=dt.date(2016, 8, 22))
    assert (booking.total, booking.balance) == (180, 0)


def test_unpaid_and_owing_agree_with_the_rows(booking, staff):
    pay(booking, staff, amount="100")
    row = Booking.objects.unpaid().get()
    assert (row.due, row.paid, row.owing) == (180, 100, 80)


# Paper


def enter(year, staff, received_at, *, at=build.CLOSES + DAY, reason="", **fields):
    wish = PlaceWish(pass_type=year.pass_types.get(code="delegate"), extras=(year.extras.get(),))
    order = build.order(year, wish, organisation=fields.pop("body", None) or build.body())
    return paper.enter_paper_booking(
        by=staff,
        order=order,
        paper=Paper(channel="post", override_reason=reason, **fields),
        received_at=received_at,
        at=at,
        key=uuid.uuid4(),
    )


@pytest.mark.parametrize(
    ("received", "total"), [(build.EARLY_ENDS - build.TICK, 135), (build.EARLY_ENDS, 155)]
)
def test_paper_is_priced_as_of_its_receipt(year, staff, received, total):
    made = enter(year, staff, received)
    assert (made.total, made.submitted_at) == (total, received)
    assert (made.entered_by, made.entered_at) == (staff, build.CLOSES + DAY)


def test_paper_that_came_late_is_refused_unless_staff_say_why(year, staff):
    with pytest.raises(ValidationError, match="closed at the end of Monday 22 August 2016"):
        enter(year, staff, build.CLOSES)
    made = enter(year, staff, build.CLOSES, reason="postal strike", body=build.body("Leeds"))
    assert (made.total, made.override_reason) == (155, "postal strike")
    assert AuditEntry.objects.get(action="booking.entered").reason == "postal strike"


def test_paper_from_the_future_is_refused(year, staff):
    with pytest.raises(ValidationError, match="cannot be in the future"):
        enter(year, staff, build.LATE + DAY, at=build.LATE)


def test_scan_is_drawn_afresh_under_a_name_of_our_own(year, staff):
    picture = io.BytesIO()
    Image.new("RGBA", (50, 40), "red").save(picture, "PNG")
    sent = picture.getvalue() + b"<script>alert(1)</script>"
    kept = paper.reencoded(io.BytesIO(sent), size=len(sent))
    assert kept.name.endswith(".jpg")
    content = kept.read()
    assert content[:2] == b"\xff\xd8"
    assert b"script" not in content
    kept.seek(0)
    made = enter(year, staff, build.EARLY, scan=kept)
    assert made.scan.name.startswith("scans/")


@pytest.mark.parametrize("sent", [b"", b"%PDF-1.7", b"<svg onload=alert(1)>", b"GIF89a" * 9])
def test_scan_that_is_no_picture_is_refused(sent):
    with pytest.raises(ValidationError, match="JPEG, PNG or TIFF"):
        paper.reencoded(io.BytesIO(sent), size=len(sent))


def test_scan_with_broken_facts_about_its_turning_is_refused():
    picture = Image.new("RGB", (20, 20))
    facts = picture.getexif()
    facts[ExifTags.Base.Orientation], facts[ExifTags.Base.ImageDescription] = 6, "a description"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=facts)
    sent = bytearray(written.getvalue())
    sent[sent.find(b"Exif") + 17] = 0  # the description says that it is another kind of fact
    with pytest.raises(ValidationError, match="JPEG, PNG or TIFF"):
        paper.reencoded(io.BytesIO(sent), size=len(sent))


def test_scan_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(ValidationError, match="larger than 8 MB"):
        paper.reencoded(io.BytesIO(b""), size=paper.LARGEST_SCAN + 1)


# Interest

IN_2022 = dt.datetime(2022, 2, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def west_midlands():
    return build.conference(
        "west-midlands-2022",
        title="West Midlands 2022",
        attendance=Conference.Attendance.INTEREST,
        starts_on=dt.date(2022, 2, 26),
        ends_on=dt.date(2022, 2, 26),
    )


def interested(conference, *, at=IN_2022, **fields):
    facts = {
        "name": "Sue Porter",
        "email": "Sue@People.example",
        "region": None,
        "is_member": False,
        "wants_marketing": False,
        "key": uuid.uuid4(),
    }
    interest.register(conference=conference, at=at, **{**facts, **fields})


def token_in(mail):
    return mail.text.split("/interest/")[1].split("/")[0]


def test_interest_of_a_supporter_counts_once_it_is_confirmed(west_midlands):
    interested(west_midlands)
    assert Interest.objects.confirmed().count() == 0
    row = interest.find(token_in(Mail.objects.get()))
    interest.confirm(interest=row, at=IN_2022)
    interest.confirm(interest=row, at=IN_2022)
    assert Interest.objects.confirmed().get().email == "sue@people.example"
    assert Consent.objects.count() == 0


def test_interest_with_the_news_ticked_records_consent_in_its_words_on_confirming(west_midlands):
    interested(west_midlands, wants_marketing=True)
    assert Consent.objects.count() == 0
    interest.confirm(interest=Interest.objects.get(), at=IN_2022)
    consent = Consent.objects.get()
    assert (consent.address, consent.purpose) == ("sue@people.example", "marketing")
    assert consent.wording == interest.MARKETING_WORDS


def test_interest_registered_again_makes_no_second_row_and_rests_between_mails(west_midlands):
    for minutes in (0, 1, 9, 30):
        interested(west_midlands, at=IN_2022 + dt.timedelta(minutes=minutes))
    assert (Interest.objects.count(), Mail.objects.count()) == (1, 2)


def test_interest_already_confirmed_is_told_so_by_mail_only(west_midlands):
    interested(west_midlands)
    interest.confirm(interest=Interest.objects.get(), at=IN_2022)
    interested(west_midlands, at=IN_2022 + DAY)
    assert "already registered your interest" in Mail.objects.latest("pk").text
    assert Interest.objects.confirmed().count() == 1


def test_interest_withdrawn_counts_no_more(west_midlands):
    interested(west_midlands)
    row = Interest.objects.get()
    interest.confirm(interest=row, at=IN_2022)
    interest.withdraw(interest=row, at=IN_2022)
    assert Interest.objects.confirmed().count() == 0


def test_interest_after_the_last_day_is_refused(west_midlands):
    over = dt.datetime(2022, 2, 27, 0, 0, tzinfo=dt.UTC)
    interested(west_midlands, at=over - build.TICK)
    with pytest.raises(ValidationError, match="is over"):
        interested(west_midlands, at=over, email="late@people.example")


def test_interest_where_places_are_booked_is_refused(year):
    with pytest.raises(ValidationError, match="booked instead"):
        interested(year)


# Links


def test_code_dies_after_five_wrong_tries(booking):
    links.send_code(booking=booking, at=build.EARLY)
    right = Mail.objects.get(kind="security").text.split("\n")[2]
    for _ in range(5):
        with pytest.raises(ValidationError):
            links.use_code(booking=booking, code="x", at=build.EARLY)
    with pytest.raises(ValidationError):
        links.use_code(booking=booking, code=right, at=build.EARLY)


def test_code_dies_after_fifteen_minutes(booking):
    links.send_code(booking=booking, at=build.EARLY)
    right = Mail.objects.get(kind="security").text.split("\n")[2]
    with pytest.raises(ValidationError):
        links.use_code(booking=booking, code=right, at=build.EARLY + links.CODE_LASTS)
    links.use_code(booking=booking, code=right, at=build.EARLY + links.CODE_LASTS - build.TICK)


def test_codes_are_limited_to_five_an_hour(booking):
    for _ in range(9):
        links.send_code(booking=booking, at=build.EARLY)
    assert AccessCode.objects.count() == 5


def test_link_dies_after_its_time(booking):
    token = links.issue(booking=booking, at=build.EARLY)
    end = build.EARLY + links.LINK_LASTS
    assert links.booking_of(token, at=end - build.TICK) == booking
    assert links.booking_of(token, at=end) is None


def test_extension_for_one_body_lets_it_book_after_the_door_closed(year, staff):
    body = build.body("Leeds Party Council")
    DeadlineChange.objects.create(
        deadline=year.deadlines.get(kind="delegate_registration"),
        organisation=body,
        closes_on=dt.date(2016, 8, 25),
        reason="illness",
        changed_by=staff,
        changed_at=build.CLOSES,
    )
    wish = PlaceWish(pass_type=year.pass_types.get(code="delegate"))
    made = build.book(
        build.order(year, wish, organisation=body), at=build.CLOSES + DAY, quoted="110"
    )
    assert made.lines.get().band == "standard"
