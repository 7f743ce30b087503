"""The panel's desk on the site: what each judge sees, types and downloads."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from events.models import LayAppointment
from motions.models import AwardDecision, AwardInterest, AwardNominee, AwardScore
from tests.factories import make_appointment, make_officer, make_society, make_user, sign_in
from tests.motions.awards.make import (
    AFTER,
    CLOSED,
    COMMENDED,
    WINNER,
    Panel,
    make_nomination,
    make_nominee,
    make_proposed,
)
from tests.motions.make import key, make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(at):
    at(CLOSED)
    return Panel()


@pytest.fixture
def judge(panel, client):
    sign_in(client, panel.second)
    return client


def address(name, panel, *more):
    return reverse(f"awards:{name}", args=[panel.conference.slug, *more])


def text_of(answer):
    return answer.content.decode()


def test_desk_says_at_a_glance_what_waits(panel, judge):
    waits = make_proposed(panel.category, "Ann Lee")
    panel.score(panel.second, make_proposed(panel.category, "Bo Day"), 3)
    page = text_of(judge.get(address("panel", panel)))
    assert "1 nominee waits for your score" in page
    assert address("nominee", panel, waits.pk) in page
    assert "Scored by you" in page
    assert "1 of 3 judges" in page


def test_desk_says_that_a_citation_has_come_since(panel, judge):
    nominee = make_proposed(panel.category)
    panel.score(panel.second, nominee, 3)
    make_nomination(nominee, created_at=CLOSED.replace(hour=12))
    assert "A further citation has come" in text_of(judge.get(address("panel", panel)))


def test_desk_asks_as_much_with_thirty_nominees(panel, judge, django_assert_max_num_queries):
    make_proposed(panel.category)
    judge.get(address("panel", panel))
    with CaptureQueriesContext(connection) as few:
        judge.get(address("panel", panel))
    for n in range(29):
        make_proposed(panel.category, f"Nominee {n}")
    with django_assert_max_num_queries(len(few)):
        judge.get(address("panel", panel))


def test_judge_who_is_nominated_finds_nothing_of_it(panel, judge):
    own = make_proposed(panel.category, "Somebody", email=panel.second.email)
    page = text_of(judge.get(address("panel", panel)))
    assert "Somebody" not in page
    assert judge.get(address("nominee", panel, own.pk)).status_code == 404
    for one in (panel.chair, panel.third):
        panel.score(one, own, 5)
    panel.decide((own, WINNER))
    for name in ("panel", "evening"):
        assert "Somebody" not in text_of(judge.get(address(name, panel)))


def test_kept_judge_reads_no_citation_and_fetches_no_file(panel, judge):
    body = make_society("Own body")
    make_officer(body, user=panel.second)
    nominee = make_nominee(panel.category, "Ann Lee")
    sent = make_nomination(nominee, organisation=body, citation="A long story.")
    file = sent.files.create(name="a.pdf", file="x.pdf")
    page = text_of(judge.get(address("nominee", panel, nominee.pk)))
    assert "You are kept from this nominee" in page
    assert "A long story." not in page
    assert judge.get(address("evidence", panel, file.pk)).status_code == 404
    assert judge.post(address("separate", panel, sent.pk)).status_code == 404


def test_judge_scores_on_the_page_and_nothing_typed_is_lost(panel, judge):
    nominee = make_proposed(panel.category)
    page = address("nominee", panel, nominee.pk)
    first, second = panel.rules.criteria.all()
    given = {"act": "score", f"criterion-{first.pk}": "4", "words": "A long story."}
    refused = text_of(judge.post(page, given))
    assert "Give between 0 and 5 points." in refused
    assert "A long story." in refused
    judge.post(page, given | {f"criterion-{second.pk}": "5"})
    assert AwardScore.objects.get().words == "A long story."


def test_judge_declares_and_withdraws_an_interest_on_the_page(panel, judge):
    nominee = make_proposed(panel.category)
    page = address("nominee", panel, nominee.pk)
    given = {"act": "declare", "interest-covers": "nominee", "interest-words": "My sister"}
    judge.post(page, given)
    assert "You have declared an interest" in text_of(judge.get(page))
    judge.post(page, {"act": "withdraw", "interest": AwardInterest.objects.get().pk})
    assert AwardInterest.objects.get().withdrawn_at == CLOSED
    assert judge.post(page, {"act": "withdraw", "interest": "999"}).status_code == 404


def test_judge_merges_and_separates_on_the_page(panel, judge):
    first, second = (make_proposed(panel.category, name) for name in ("Bob Lee", "Rob Lee"))
    given = {"act": "merge", "merge-into": second.pk}
    judge.post(address("nominee", panel, first.pk), given)
    merged = judge.get(address("nominee", panel, first.pk))
    assert merged.headers["Location"] == address("nominee", panel, second.pk)
    assert "2 citations" in text_of(judge.get(merged.headers["Location"]))
    sent = first.nominations.model.objects.get(nominee_name="Bob Lee")
    judge.post(address("separate", panel, sent.pk))
    assert AwardNominee.objects.filter(merged_into__isnull=True).count() == 2


def test_only_whoever_decides_sees_scores_and_only_when_enough_are_in(panel, client, judge):
    nominee = make_proposed(panel.category)
    page = address("decide", panel, panel.category.pk)
    assert judge.get(page).status_code == 404
    sign_in(client, panel.chair)
    panel.score(panel.second, nominee, 3)
    shown = text_of(client.get(page))
    assert "Shown once 2 judges have scored" in shown
    assert "3.00" not in shown
    panel.score(panel.third, nominee, 4)
    assert "3.50" in text_of(client.get(page))


def test_chair_decides_on_the_page_and_what_was_typed_survives_a_refusal(panel, client):
    sign_in(client, panel.chair)
    first, second = (make_proposed(panel.category, name) for name in ("Ann Lee", "Bo Day"))
    panel.score_all(first, second)
    page = address("decide", panel, panel.category.pk)
    given = {f"result-{one.pk}": WINNER for one in (first, second)}
    given |= {f"words-{first.pk}": "She never tires.", "reason": "Of one mind."}
    refused = text_of(client.post(page, given))
    assert "at most one winner" in refused
    assert "She never tires." in refused
    client.post(page, given | {f"result-{second.pk}": COMMENDED})
    assert AwardDecision.objects.get().reason == "Of one mind."
    assert "She never tires." in text_of(client.get(page))
    evening = text_of(client.get(address("evening", panel)))
    assert "And the award goes to Ann Lee." in evening
    assert "The panel commends Bo Day." in evening


def test_chair_moves_the_hour_on_the_desk(panel, client):
    sign_in(client, panel.chair)
    page = address("panel", panel)
    assert "Move the hour" in text_of(client.get(page))
    assert "This hour has passed" in text_of(
        client.post(page, {"presented_at": "2016-08-01T10:00"})
    )
    client.post(page, {"presented_at": "2016-09-10T21:15"})
    assert "21:15" in text_of(client.get(page))


def test_presenter_reads_the_evening_and_nothing_else(panel, client):
    presenter = make_user()
    make_appointment(presenter, panel.conference, LayAppointment.Task.PRESENTER)
    sign_in(client, presenter)
    panel.decided("Ann Lee")
    assert "Ann Lee" in text_of(client.get(address("evening", panel)))
    script = PdfReader(io.BytesIO(client.get(address("script", panel)).content))
    assert "Ann Lee" in script.pages[1].extract_text()
    assert client.get(address("panel", panel)).status_code == 404
    assert client.get(address("certificates", panel)).status_code == 404


def test_certificates_are_a_page_for_each_with_the_name_in_full(panel, client):
    sign_in(client, panel.chair)
    page = address("certificates", panel)
    assert client.get(page).headers["Location"] == address("panel", panel)
    long = "Siân Gwenllian Fitzgerald-O’Shaughnessy of Upper Llanrhaeadr"
    first, second = (make_proposed(panel.category, name) for name in (long, "Bo Day"))
    panel.score_all(first, second)
    panel.decide((first, WINNER), (second, COMMENDED))
    answer = client.get(page)
    assert answer.headers["Cache-Control"] == "no-store, private"
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages]
    assert [" ".join(long.split()) in " ".join(text.split()) for text in pages] == [True, False]
    assert "is commended for the award" in pages[1]


def test_panel_sees_to_who_may_be_named_only_after_the_hour(panel, client, at):
    sign_in(client, panel.third)
    panel.decided("Ann Lee")
    honour = AwardDecision.objects.get().honours.get()
    pages = [address("afterwards", panel), address("honoured", panel, honour.pk)]
    assert [client.get(page).status_code for page in pages] == [404, 404]
    at(AFTER)
    sign_in(client, panel.third)
    assert "no address" in text_of(client.get(pages[0]))
    client.post(pages[1], {"act": "said", "answer": "yes", "is_adult": "on"})
    roll = text_of(client.get(address("roll", panel)))
    assert "Ann Lee" in roll
    client.post(pages[1], {"act": "write", "email": "ann@x.example", "key": key()})
    assert "ann@x.example" in text_of(client.get(pages[0]))


def test_start_page_of_a_judge_says_what_waits(panel, judge):
    make_proposed(panel.category)
    assert "Recognition awards: 1 nominee to score" in text_of(judge.get("/"))


def test_files_that_show_it_are_checked_drawn_anew_and_read_by_the_panel_alone(client, at):
    at("2016-03-14 13:00")
    category, body = make_category(), make_society()
    panel = Panel(category)
    officer = make_officer(body)
    sign_in(client, officer)
    page = reverse("awards:propose", args=[category.conference.slug, category.pk])
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "PNG")
    given = {"key": key(), "organisation": body.pk, "nominee_name": "Ann", "citation": "Good."}
    lie = SimpleUploadedFile("letter.pdf", b"MZ not a PDF")
    refused = text_of(client.post(page, given | {"files": [lie]}))
    assert "letter.pdf: This file is not what its name says" in refused
    files = [
        SimpleUploadedFile("photo.png", drawn.getvalue()),
        SimpleUploadedFile("letter.pdf", b"%PDF-1.4"),
    ]
    client.post(page, given | {"files": files})
    sent = category.nominations.get()
    assert [one.name for one in sent.files.all()] == ["photo.png", "letter.pdf"]
    evidence = address("evidence", panel, sent.files.first().pk)
    assert client.get(evidence).status_code == 404
    sign_in(client, panel.second)
    answer = client.get(evidence)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert "attachment" in answer.headers["Content-Disposition"]
