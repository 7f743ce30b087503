"""What conference decided stands where people read motions: on the list and on the motion's page."""

import pytest
from django.urls import reverse

from motions.agendas.services.outcomes import Entry, enter, take_back
from motions.reading.finding import find
from tests.factories import AT, make_user
from tests.motions.make import make_call, make_motion

pytestmark = pytest.mark.django_db
COUNTED = Entry(result="carried", votes_for=120, votes_against=80, abstentions=5)


def decided(conference):
    return {motion.number: motion.decided for motion in find(conference)}


def test_list_of_motions_after_the_vote_says_what_became_of_each(client):
    call = make_call()
    kept, other = (make_motion(call, state="published", number=n) for n in ("2", "10"))
    enter(by=make_user(), about=kept, entry=COUNTED, at=AT)
    assert decided(call.conference) == {"2": "carried", "10": ""}
    page = client.get(reverse("motions:list", args=[call.conference.slug])).content.decode()
    assert page.index("Carried") < page.index(other.get_absolute_url()) < page.rindex("Published<")


def test_motion_after_the_vote_shows_outcome_and_count_until_it_is_taken_back(client):
    motion = make_motion(state="published", number="4")
    assert "What conference decided" not in client.get(motion.get_absolute_url()).content.decode()
    outcome = enter(by=make_user(), about=motion, entry=COUNTED, at=AT)
    page = client.get(motion.get_absolute_url()).content.decode()
    assert "What conference decided" in page
    assert "120 for, 80 against, 5 abstentions" in page
    take_back(by=make_user(), outcome=outcome, reason="It was motion 5.", at=AT)
    assert "What conference decided" not in client.get(motion.get_absolute_url()).content.decode()
    assert decided(motion.conference) == {"4": ""}
