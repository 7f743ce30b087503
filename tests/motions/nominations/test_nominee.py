"""The nominee's own acts: answer, statement, photo, withdrawing, by services and by pages."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mailing.models import Mail
from members.models import AuditEntry
from motions.models import Candidate, Contest
from motions.nominations.links import token_hash
from motions.nominations.services import answering
from motions.nominations.services.answering import Overtaken, Wording
from motions.uploads import PORTRAIT, clean_portrait
from tests.factories import make_deadline, make_user
from tests.motions.make import make_post, words
from tests.motions.nominations.make import make_candidate

pytestmark = pytest.mark.django_db
CLOSES = dt.datetime(2016, 8, 10, 23, 0, tzinfo=dt.UTC)
LAST = CLOSES - dt.timedelta(microseconds=1)


@pytest.fixture
def post():
    post = make_post(nominee_is_delegate=False, statement_max_words=5)
    for name, field in (("Statements", "answers_deadline"), ("Withdrawal", "withdrawal_deadline")):
        row = make_deadline(post.conference, "other", name=name, closes_on=dt.date(2016, 8, 10))
        setattr(post, field, row)
    post.save()
    return post


@pytest.fixture
def nominee(post):
    return make_candidate(post, token_hash=token_hash("mine"))


def picture(size=(1200, 900), **fields):
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, "JPEG", **fields)
    return SimpleUploadedFile("me.jpg", made.getvalue())


def url(name, *more):
    return reverse(f"nominations:{name}", args=["mine", *more])


def save(nominee, at=LAST, version=1, **wording):
    made = Wording(**{"statement": "I will.", **wording})
    return answering.save_statement(candidate=nominee, version=version, wording=made, at=at)


def test_statement_until_the_last_microsecond_is_kept_and_told_in_full(nominee):
    kept = save(nominee, statement="I\u200b will\r\n\r\nserve.", interests="A mill")
    assert (kept.statement, kept.wording_version) == ("I will\n\nserve.", 2)
    mail = Mail.objects.get(to_address=nominee.email)
    assert "serve." in mail.text
    assert "A mill" in mail.text
    with pytest.raises(ValidationError) as refusal:
        save(nominee, at=CLOSES, version=2, statement="More")
    assert refusal.value.messages == [
        "Statements closed at the end of Wednesday 10 August 2016 (UK time)."
    ]


def test_statement_of_exactly_the_limit_is_kept_and_one_word_more_is_not(nominee):
    save(nominee, statement=words(5))
    with pytest.raises(ValidationError) as refusal:
        save(nominee, version=2, statement=words(6))
    assert refusal.value.message_dict == {
        "statement": ["6 words, and 5 are allowed: please cut 1."]
    }


def test_statement_saved_elsewhere_meanwhile_is_not_overwritten(nominee):
    save(nominee, statement="From the phone")
    with pytest.raises(Overtaken) as refusal:
        save(nominee, statement="From the desk")
    assert refusal.value.stored.statement == "From the phone"
    assert save(nominee, statement="From the phone").wording_version == 2


def test_statement_before_consent_or_on_the_settled_list_is_refused(post, nominee):
    Candidate.objects.update(state="asked")
    with pytest.raises(ValidationError) as refusal:
        save(nominee)
    assert refusal.value.code == "state"
    Candidate.objects.update(state="consented")
    Contest.objects.create(post=post, kind="unopposed", settled_by=make_user(), settled_at=LAST)
    with pytest.raises(ValidationError) as refusal:
        save(nominee)
    assert refusal.value.code == "settled"


def test_photo_is_drawn_anew_small_upright_and_without_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x8298] = 6, "CANARY"
    made = clean_portrait(picture(exif=exif))
    drawn = Image.open(io.BytesIO(made.read()))
    assert (drawn.size, drawn.format) == ((PORTRAIT * 3 // 4, PORTRAIT), "JPEG")
    assert not drawn.getexif()
    made.seek(0)
    assert b"CANARY" not in made.read()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("me.gif", b"GIF89a"),
        SimpleUploadedFile("me.jpg", b"<svg onload=alert(1)>"),
        SimpleUploadedFile("me.png", b""),
    ],
)
def test_photo_that_is_none_is_refused_in_words(upload):
    with pytest.raises(ValidationError):
        clean_portrait(upload)


def test_photo_replaced_leaves_no_file_behind(nominee, django_capture_on_commit_callbacks):
    save(nominee, photo=clean_portrait(picture()))
    nominee.refresh_from_db()
    first = Path(nominee.photo.path)
    assert first.exists()
    with django_capture_on_commit_callbacks(execute=True):
        save(nominee, version=2, without_photo=True)
    nominee.refresh_from_db()
    assert not nominee.photo
    assert not first.exists()


def test_withdrawing_until_the_hour_stated_tells_nominee_and_body(nominee):
    with pytest.raises(ValidationError) as refusal:
        answering.withdraw(candidate=nominee, at=CLOSES)
    assert refusal.value.code == "closed"
    answering.withdraw(candidate=nominee, at=LAST)
    nominee.refresh_from_db()
    assert (nominee.state, nominee.withdrawn_at) == ("withdrawn", LAST)
    assert answering.withdraw(candidate=nominee, at=CLOSES).state == "withdrawn"
    officer = nominee.nominations.get().submitted_by
    assert {mail.to_address for mail in Mail.objects.all()} == {nominee.email, officer.email}


def test_withdrawing_from_the_settled_list_may_end_the_contest(post, nominee):
    make_candidate(post, "Ben", region="London")
    make_candidate(post, "Cat", region="Scotland")
    contest = Contest.objects.create(
        post=post, kind="contested", settled_by=make_user(), settled_at=LAST
    )
    answering.withdraw(candidate=nominee, at=LAST)
    contest.refresh_from_db()
    assert contest.kind == "unopposed"


def test_consent_signed_on_paper_counts_and_says_where(nominee):
    Candidate.objects.update(state="asked", decided_at=None)
    by = make_user()
    with pytest.raises(ValidationError):
        answering.agreed_on_paper(by=by, candidate=nominee, reason=" ", at=LAST)
    answering.agreed_on_paper(by=by, candidate=nominee, reason="Form of 30 July", at=LAST)
    nominee.refresh_from_db()
    assert (nominee.state, nominee.decided_at) == ("consented", LAST)
    entry = AuditEntry.objects.get(action="candidate.agreed_on_paper")
    assert (entry.actor, entry.reason) == (by, "Form of 30 July")


def test_link_sent_again_ends_the_one_before(client, at, nominee):
    at("2016-08-01 12:00")
    assert client.get(url("answer")).status_code == 200
    answering.send_link(by=make_user(), candidate=nominee, at=LAST)
    assert client.get(url("answer")).status_code == 404
    mail = Mail.objects.get(to_address=nominee.email)
    path = re.search(r"/nominations/\S+/", mail.text).group()
    assert client.get(path).status_code == 200


def test_pages_of_the_nominee_keep_what_was_typed_and_show_the_limit(client, at, nominee):
    at("2016-08-10 23:59")
    too_long = words(9)
    shown = client.post(url("statement"), {"version": 1, "statement": too_long})
    page = shown.content.decode()
    assert "9 words, and 5 are allowed: please cut 4." in page
    assert too_long in page
    answer = client.post(
        url("statement"), {"version": 1, "statement": "I will.", "photo": picture()}
    )
    assert answer.headers["Location"] == url("answer")
    assert "I will." in client.get(url("answer")).content.decode()
    photo = client.get(url("own-photo"))
    assert (photo["Content-Type"], photo["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert photo["Content-Disposition"].startswith("attachment")
    assert b"".join(photo)[:2] == b"\xff\xd8"
    overtaken = client.post(url("statement"), {"version": 1, "statement": "Mine"}).content.decode()
    assert "What is stored" in overtaken
    assert "Mine" in overtaken
    at("2016-08-11 00:00")
    closed = client.post(url("statement"), {"version": 2, "statement": "Late"}).content.decode()
    assert "Statements closed at" in closed
    assert "Late" in closed
    assert "Withdrawing closed at" in client.get(url("stand-down")).content.decode()


def test_link_ends_with_the_last_day_of_the_conference(client, at, nominee):
    last = nominee.post.conference.ends_on
    at(f"{last} 23:59")
    assert client.get(url("answer")).status_code == 200
    at(f"{last + dt.timedelta(days=1)} 00:00")
    assert client.get(url("answer")).status_code == 404


def test_pages_of_the_nominee_withdraw_after_asking_once(client, at, nominee):
    at("2016-08-05 12:00")
    client.get(url("stand-down"))
    nominee.refresh_from_db()
    assert nominee.state == "consented"
    client.post(url("stand-down"))
    assert "You have withdrawn" in client.get(url("answer")).content.decode()
    for page in ("statement", "stand-down"):
        assert client.get(url(page)).headers["Location"] == url("answer")
