"""The returning officer's and the tellers' desk: who gets in, and each act by its button."""

import datetime as dt

import pytest
from django.urls import reverse

from events.models import LayAppointment
from motions.models import Candidate, Contest, Count, Lot
from tests.factories import make_appointment, make_deadline, make_user, sign_in
from tests.motions.make import make_post
from tests.motions.nominations.make import make_candidate

pytestmark = pytest.mark.django_db
Task = LayAppointment.Task


@pytest.fixture
def post():
    post = make_post(nominee_is_delegate=False)
    post.terms.create(years=3, places=1)
    post.terms.create(years=1, places=1)
    return post


@pytest.fixture
def three(post):
    regions = ("Wales", "London", "Scotland")
    return [make_candidate(post, f"C{n}", region=name) for n, name in enumerate(regions)]


def signed_in(client, post, task):
    user = make_user()
    make_appointment(user, post.conference, task)
    sign_in(client, user)
    return user


def at_the_desk(post):
    return reverse("nominations:desk-post", args=[post.conference.slug, post.pk])


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (Task.RETURNING_OFFICER, 200, 200),
        (Task.TELLER, 404, 200),
        (Task.CHAIR, 404, 404),
        (Task.CAC_MEMBER, 404, 404),
    ],
)
def test_desk_opens_to_returning_officers_and_to_tellers_once_there_is_a_list(
    client, at, post, three, task, before, after
):
    at("2016-08-10 12:00")
    signed_in(client, post, task)
    assert client.get(at_the_desk(post)).status_code == before
    Contest.objects.create(
        post=post, kind="contested", settled_by=make_user(), settled_at=at("2016-08-10 12:00")
    )
    assert client.get(at_the_desk(post)).status_code == after


def test_desk_takes_a_contest_from_the_list_to_the_result(client, at, post, three):
    at("2016-08-10 12:00")
    signed_in(client, post, Task.RETURNING_OFFICER)
    url = at_the_desk(post)
    assert "Settle the list" in client.get(url).content.decode()
    assert client.post(url, {"act": "settle"}).status_code == 302
    votes = {f"votes_{one.pk}": n for one, n in zip(three, (88, 65, 65), strict=True)}
    wrong = client.post(url, {"act": "figures", **votes, "papers": "70", "tellers": "Ada"})
    assert "only 70 valid papers" in wrong.content.decode()
    assert 'value="88"' in wrong.content.decode()
    client.post(url, {"act": "figures", **votes, "papers": "120", "tellers": "Ada"})
    page = client.get(url).content.decode()
    assert "A lot has to be drawn between C1 and C2" in page
    drawn = {"act": "lot", "drawn_at": "2016-08-10T11:00", "drawn_by": "Rob", "witnesses": "Ada"}
    same = {f"place_{one.pk}": "1" for one in three[1:]}
    assert "another number" in client.post(url, {**drawn, **same}).content.decode()
    order = {f"place_{three[1].pk}": "2", f"place_{three[2].pk}": "1"}
    client.post(url, {**drawn, **order})
    assert "elected for 1 year" in client.get(url).content.decode()
    client.post(url, {"act": "declare"})
    assert list(Candidate.objects.order_by("name").values_list("state", "years")) == [
        ("elected", 3),
        ("not_elected", None),
        ("elected", 1),
    ]
    public = reverse("nominations:candidates", args=[post.conference.slug, post.pk])
    shown = client.get(public).content.decode()
    assert "88 votes" in shown
    assert "Wednesday 10 August 2016" in shown
    client.post(url, {"act": "take_back", "reason": "Recount"})
    assert Contest.objects.get().declared_at is None


def test_teller_enters_figures_and_nothing_else(client, at, post, three):
    now = at("2016-08-10 12:00")
    Contest.objects.create(post=post, kind="contested", settled_by=make_user(), settled_at=now)
    signed_in(client, post, Task.TELLER)
    url = at_the_desk(post)
    page = client.get(url).content.decode()
    assert "Declare the result" not in page
    assert "Strike out" not in page
    for act in ("declare", "settle", "lot", "take_back", "open_again", "strike_out", "burn"):
        assert client.post(url, {"act": act}).status_code == 404
    votes = {f"votes_{one.pk}": "5" for one in three}
    assert client.post(url, {"act": "figures", **votes, "tellers": "Me"}).status_code == 302
    assert Count.objects.get().tellers == "Me"
    assert not Lot.objects.exists()


def test_desk_acts_on_nominees_and_keeps_a_refused_reason(client, at, post):
    at("2016-07-10 12:00")
    make_deadline(post.conference, "delegate_registration", closes_on=dt.date(2016, 8, 22))
    post.nominee_is_delegate = True
    post.save()
    one = make_candidate(post, "Ann")
    signed_in(client, post, Task.RETURNING_OFFICER)
    url = at_the_desk(post)
    assert "it depends on that" in client.get(url).content.decode()
    refused = client.post(url, {"act": "strike_out", "candidate": one.pk, "reason": " "})
    assert "This field is required" in refused.content.decode()
    client.post(url, {"act": "confirm", "candidate": one.pk, "reason": "Rang them"})
    client.post(url, {"act": "strike_out", "candidate": one.pk, "reason": "Has left the party"})
    one.refresh_from_db()
    assert (one.state, one.struck_out_reason) == ("struck_out", "Has left the party")
    client.post(url, {"act": "reinstate", "candidate": one.pk, "reason": "A mistake"})
    client.post(url, {"act": "send_link", "candidate": one.pk})
    one.refresh_from_db()
    assert (one.state, one.links_sent) == ("consented", 2)
    other = make_candidate(make_post(), "Foreign")
    assert client.post(url, {"act": "send_link", "candidate": other.pk}).status_code == 404


def test_desk_of_many_nominees_costs_a_known_number_of_queries(
    client, at, post, django_assert_max_num_queries
):
    at("2016-07-10 12:00")
    for n in range(12):
        make_candidate(post, f"Nominee {n}", region=("Wales", "London", "Scotland")[n % 3])
    signed_in(client, post, Task.RETURNING_OFFICER)
    client.get(at_the_desk(post))
    with django_assert_max_num_queries(25):
        client.get(at_the_desk(post))


def test_concerns_name_the_post_the_nominee_and_the_desk(client, at):
    at("2016-07-10 12:00")
    post = make_post()
    one = make_candidate(post, "Ann")
    officer = one.nominations.get().submitted_by
    make_appointment(officer, post.conference, Task.RETURNING_OFFICER)
    sign_in(client, officer)
    home = client.get("/", follow=True).content.decode()
    assert "Ann, whom you nominated, is not registered as a delegate yet" in home
    assert "You are the returning officer" in home
    assert "nobody nominated yet" not in home
