"""Composites on the site: the committee's desk and draft, the bodies' page, who sees what."""

import datetime as dt

import pytest
from django.urls import reverse

from events.models import Reminder
from events.reminders.planning import plan
from motions.composites.models import Answer, Composite, CompositePart, CompositeVersion
from motions.composites.services import publishing
from motions.models import Motion
from tests.factories import make_authorisation, make_deadline, make_officer, make_society, make_user
from tests.motions.composing import (
    CLOSED,
    LAST_DAY,
    NOW,
    THEME,
    form_of,
    make_story,
    signed_in,
)
from tests.motions.make import key

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


@pytest.fixture
def cac(story):
    return signed_in(story.cac)


def body_of(response):
    return response.content.decode()


def group_form(story, **changes):
    data = {
        "key": str(key()),
        "motions": [story.motions[name].pk for name in ("Severn", "Tyne")],
        "theme": THEME,
        "answer_by": LAST_DAY.isoformat(),
    }
    return {**data, **changes}


def answer_form(story, name, choice="signs", **changes):
    story.composite.refresh_from_db()
    data = {
        "key": str(key()),
        "act": "answer",
        "part": story.part(name).pk,
        "laid": story.composite.laid_id or "",
        "choice": choice,
        "speaker": f"{name} Speaker",
        "names_consent": "on",
        "words": "",
    }
    return {**data, **changes}


def test_committee_groups_on_its_page(story, cac):
    url = reverse("motions:composites", args=[story.conference.slug])
    assert "Energy, Mersey" in body_of(cac.get(url))
    response = cac.post(url, group_form(story))
    made = Composite.objects.get()
    assert response.headers["Location"] == reverse(
        "motions:composite-desk", args=[story.conference.slug, made.pk]
    )
    assert [part.motion for part in made.parts.order_by("pk")] == [
        story.motions["Severn"],
        story.motions["Tyne"],
    ]
    shown = body_of(cac.get(url))
    assert "has not answered" not in shown
    assert "no text is before it yet" in shown


def test_committee_is_told_what_is_wrong_with_a_group_and_keeps_what_it_typed(story, cac):
    url = reverse("motions:composites", args=[story.conference.slug])
    shown = body_of(cac.post(url, group_form(story, motions=[story.motions["Tyne"].pk])))
    assert "Choose the motions of two bodies at least." in shown
    assert f'value="{THEME}"' in shown
    shown = body_of(cac.post(url, group_form(story, answer_by="9999-12-31")))
    assert "Choose a day within two years." in shown


def test_draft_opens_with_all_that_the_motions_bring(story, cac):
    story.group("Severn", "Tyne")
    shown = body_of(cac.get(story.desk("composite-draft")))
    for block in story.motions["Severn"].current_version.blocks.all():
        assert block.text in shown
    assert 'value="A1, B1"' in shown


def test_draft_saves_order_wording_and_sources(story, cac):
    story.group("Severn", "Tyne")
    data = form_of(story)
    data |= {
        "clause-0-place": "9",
        "clause-1-text": "- that community energy lowers every bill;",
        "clause-3-place": "",
        "clause-7-place": "2",
        "clause-7-text": "Something new.\n\nAnd something more.",
        "clause-7-sources": "",
    }
    response = cac.post(story.desk("composite-draft"), data)
    assert response.status_code == 302
    version = CompositeVersion.objects.get()
    said = list(version.clauses.order_by("position").values_list("text", flat=True))
    assert said[0] == "that community energy lowers every bill;"
    assert said[1:3] == ["Something new.", "And something more."]
    assert said[-1] == "Conference notes:"
    assert "that branches want to begin." not in said
    shown = body_of(cac.get(story.desk()))
    assert "reworded from Severn Co-operative and Tyne Co-operative" in shown
    assert "</span> new</p>" in shown


def test_draft_with_a_paragraph_that_is_not_there_is_refused_and_kept(story, cac):
    story.group("Severn", "Tyne")
    data = form_of(story, **{"clause-0-sources": "A99", "clause-1-text": "My own words."})
    shown = body_of(cac.post(story.desk("composite-draft"), data))
    assert "There is no paragraph A99." in shown
    assert "My own words." in shown
    assert not CompositeVersion.objects.exists()


def test_draft_saved_over_a_newer_one_shows_both(story, cac):
    story.group("Severn", "Tyne")
    data = form_of(story)
    story.draft("Severn", "Tyne", title="Theirs")
    response = cac.post(story.desk("composite-draft"), {**data, "title": "Mine"})
    shown = body_of(response)
    assert response.status_code == 409
    assert "Theirs" in shown
    assert 'value="Mine"' in shown
    assert CompositeVersion.objects.filter(outcome="aside", title="Mine").count() == 1
    again = {**data, "title": "Mine", "version": "1"}
    assert cac.post(story.desk("composite-draft"), again).status_code == 302


@pytest.mark.parametrize("act", ["lay", "publish", "move", "end"])
def test_act_with_an_empty_form_never_falls_over(story, cac, act):
    story.group()
    assert cac.post(story.desk(), {"act": act}).status_code == 200


def test_act_that_is_none_is_not_found(story, cac):
    story.group()
    assert cac.post(story.desk(), {"act": "burn"}).status_code == 404


def test_desk_lays_and_publishes(story, cac):
    story.group("Severn", "Tyne")
    story.draft("Severn", "Tyne")
    assert "Lay it before the bodies" in body_of(cac.get(story.desk()))
    cac.post(story.desk(), {"act": "lay", "version": 1})
    assert "Not everybody has answered" in body_of(cac.get(story.desk()))
    story.answer("Severn", words="With pleasure")
    story.answer("Tyne", names_consent=False)
    shown = body_of(cac.get(story.desk()))
    assert "With pleasure" in shown
    assert "not to be named in public" in shown
    assert "All who take part agree" in shown
    assert "Published as C1" in body_of(cac.post(story.desk(), {"act": "publish"}, follow=True))


def test_desk_moves_the_date_and_ends(story, cac):
    story.group("Severn", "Tyne")
    later = (LAST_DAY + dt.timedelta(days=7)).isoformat()
    cac.post(story.desk(), {"act": "move", "answer_by": later, "reason": "Easter"})
    assert "the end of Tuesday 17 May 2016" in body_of(cac.get(story.desk()))
    cac.post(story.desk(), {"act": "end", "words": "They differ."})
    assert "They differ." in body_of(cac.get(story.desk()))


def test_member_kept_from_a_motion_sees_no_draft_and_no_words_to_the_committee(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne", title="Secret wording")
    story.answer("Severn", words="Between us")
    make_officer(story.motions["Tyne"].organisation, "chair", user=story.cac)
    kept = signed_in(story.cac)
    shown = body_of(kept.get(story.desk()))
    assert "You are kept from this composite" in shown
    assert "Secret wording" not in shown
    assert "Between us" not in shown
    assert kept.get(story.desk("composite-draft")).status_code == 404
    kept.post(story.desk(), {"act": "end", "words": "No."})
    assert Composite.objects.get().is_open


def test_body_reads_what_became_of_its_own_and_signs(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    client = signed_in(story.officers["Tyne"])
    shown = body_of(client.get(story.page()))
    assert "Reworded" in shown
    assert '<del><span class="visually-hidden">deleted: </span>our ' in shown
    assert "the end of Tuesday 10 May 2016" in shown
    shown = body_of(client.post(story.page(), answer_form(story, "Tyne"), follow=True))
    assert "Your body signs it." in shown
    assert Answer.objects.get().speaker == "Tyne Speaker"


def test_body_that_names_nobody_is_told_and_keeps_what_it_typed(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    client = signed_in(story.officers["Severn"])
    form = answer_form(story, "Severn", speaker="", words="Let us in")
    shown = body_of(client.post(story.page(), form))
    assert "Name the person of your body who moves it." in shown
    assert "Let us in" in shown


def test_body_that_signs_a_text_replaced_meanwhile_sees_the_new_one(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    form = answer_form(story, "Severn")
    story.lay("Severn", "Tyne", title="Another title")
    client = signed_in(story.officers["Severn"])
    shown = body_of(client.post(story.page(), form))
    assert "has laid another text before you" in shown
    assert "Another title" in shown
    assert not Answer.objects.exists()
    story.composite.refresh_from_db()
    assert f'name="laid" value="{story.composite.laid_id}"' in shown


def test_body_is_shown_what_changed_since_it_signed(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.lay("Severn", "Tyne", title="Another title")
    shown = body_of(signed_in(story.officers["Severn"]).get(story.page()))
    assert "What changed since Severn Co-operative signed" in shown
    assert "The title becomes “Another title”." in shown


def test_officer_confirms_and_an_authorised_person_cannot(story):
    type(story.conference).objects.filter(pk=story.conference.pk).update(officer_confirms=True)
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    delegate = make_user("delegate@example.org", "Del")
    body = story.motions["Severn"].organisation
    make_authorisation(delegate, body, story.conference, by=story.officers["Severn"])
    client = signed_in(delegate)
    client.post(story.page(), answer_form(story, "Severn"))
    assert not Answer.objects.get().counts
    confirm = {"act": "confirm", "part": story.part("Severn").pk}
    assert client.post(story.page(), confirm).status_code == 404
    officer = signed_in(story.officers["Severn"])
    assert "Confirm it" in body_of(officer.get(story.page()))
    officer.post(story.page(), confirm)
    assert Answer.objects.get().counts


def test_body_answers_for_no_other(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    client = signed_in(story.officers["Severn"])
    assert client.post(story.page(), answer_form(story, "Tyne")).status_code == 404
    assert not Answer.objects.exists()


def test_draft_composite_is_there_for_nobody_else(story, client):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne", title="Secret wording")
    stranger = make_officer(make_society("Outside Society"))
    for person in (story.officers["Mersey"], stranger):
        other = signed_in(person)
        assert other.get(story.page()).status_code == 404
        for path in (
            reverse("motions:list", args=[story.conference.slug]),
            story.motions["Severn"].get_absolute_url(),
            "/",
        ):
            shown = body_of(other.get(path, follow=True))
            assert "Secret wording" not in shown
            assert THEME not in shown
    shown = body_of(client.get(story.motions["Severn"].get_absolute_url()))
    assert "omposite" not in shown


def test_list_shows_the_composite_and_what_became_part_of_it(story, client):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    motion = publishing.publish(by=story.cac, composite=story.composite, at=NOW)
    shown = body_of(client.get(reverse("motions:list", args=[story.conference.slug])))
    assert f"C1. {THEME}" in shown
    assert "composited into C1" in shown
    page = body_of(client.get(motion.get_absolute_url()))
    assert "reworded from" not in page
    assert "from Severn Co-operative and Tyne Co-operative" in page
    assert "Made of" in page
    assert story.motions["Tyne"].get_absolute_url() in page


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_composites_costs_the_same_for_one_and_thirty(
    story, cac, django_assert_max_num_queries, count
):
    motions = list(story.motions.values())
    for number in range(count):
        composite = Composite.objects.create(
            conference=story.conference,
            call=story.call,
            deadline=make_deadline(story.conference, "composites", name=f"Date {number}"),
            theme=f"Theme {number}",
            state="ended",
            ending="No.",
            closed_at=NOW,
            grouped_by=story.cac,
            grouped_at=NOW,
        )
        CompositePart.objects.bulk_create(
            CompositePart(
                composite=composite,
                motion=motion,
                version=motion.current_version,
                label=letter,
                ended_at=NOW,
            )
            for letter, motion in zip("ABC", motions, strict=True)
        )
    with django_assert_max_num_queries(20):
        cac.get(reverse("motions:composites", args=[story.conference.slug]))


# The start page and reminders


def test_start_page_asks_the_body_and_then_the_committee(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    officer = signed_in(story.officers["Severn"])
    assert "your body is asked to sign it" in body_of(officer.get("/", follow=True))
    story.answer("Severn")
    story.answer("Tyne")
    assert "your body is asked to sign it" not in body_of(officer.get("/", follow=True))
    assert "all answers are in" in body_of(signed_in(story.cac).get("/", follow=True))


def reminded(at):
    known = set(Reminder.objects.values_list("pk", flat=True))
    plan(at=at)
    rows = Reminder.objects.exclude(pk__in=known).filter(deadline__kind="composites")
    return dict(rows.order_by("address").values_list("address", "why"))


def test_bodies_that_have_not_answered_are_reminded_before_the_date(story):
    story.group()
    week = dt.datetime(2016, 5, 3, 9, 0, tzinfo=dt.UTC)
    assert reminded(NOW) == {}
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    assert reminded(week) == {
        "mersey@example.org": "Mersey Co-operative has not said yet whether it signs the composite "
        f"“{THEME}”.",
        "tyne@example.org": "Tyne Co-operative has not said yet whether it signs the composite "
        f"“{THEME}”.",
    }
    story.answer("Tyne", at=week)
    story.lay("Severn", "Tyne", title="Another title", at=week)
    last = reminded(dt.datetime(2016, 5, 10, 9, 0, tzinfo=dt.UTC))
    assert last["severn@example.org"] == (
        f"The composite “{THEME}” has changed since Severn Co-operative signed it."
    )
    assert reminded(CLOSED) == {}


def test_motion_in_order_is_published_by_being_composited(story, client):
    story.group("Severn", "Mersey")
    story.lay("Severn", "Mersey")
    story.answer("Severn")
    story.answer("Mersey")
    assert client.get(story.motions["Mersey"].get_absolute_url()).status_code == 404
    publishing.publish(by=story.cac, composite=story.composite, at=NOW)
    assert client.get(story.motions["Mersey"].get_absolute_url()).status_code == 200
    assert Motion.objects.get(pk=story.motions["Mersey"].pk).published_at == NOW
