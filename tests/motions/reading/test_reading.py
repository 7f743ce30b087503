"""Lists, search, histories, marks and private notes: what people see and what stays theirs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.models import Category, Follow, Motion, MotionVersion, PrivateNote, ReadingMark
from motions.reading.finding import find
from motions.reading.wording import numbered, public_versions
from motions.services import rewording
from motions.services.versions import make_version
from motions.texts import lines
from motions.texts.blocks import parse
from tests.conftest import instant
from tests.factories import AT, make_society, make_user, sign_in
from tests.motions.make import make_call, make_motion

pytestmark = pytest.mark.django_db
NOON = instant("2016-07-04 12:00")
HIDDEN = [state for state in Motion.State if state not in Motion.PUBLIC]


def url(name, motion):
    return reverse(f"motions:{name}", args=[motion.conference.slug, motion.pk])


@pytest.fixture
def call(at):
    at(NOON)
    return make_call()


def public(call, **fields):
    return make_motion(call, state="published", **fields)


def kept():
    return [model.objects.count() for model in (ReadingMark, PrivateNote, Follow)]


def reworded(motion, text):
    return rewording.reword(
        by=motion.created_by,
        motion=motion,
        title=motion.title,
        blocks=parse(text),
        origin=MotionVersion.Origin.AMENDED,
        at=NOON,
    )


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("", ["On homes", "On buses", "On trains"]),
        ("HOMES", ["On homes"]),
        ("12", ["On buses"]),
        ("1", []),
        ("severn", ["On homes"]),
        ("conference wheels", ["On buses"]),
        ("conference wheels rails", []),
        ("  ", ["On homes", "On buses", "On trains"]),
    ],
)
def test_find_looks_for_every_word_in_title_text_number_and_body(call, words, titles):
    homes = Category.objects.create(conference=call.conference, name="Homes", position=1)
    body = make_society("Severn Food")
    # names without figures: a number is looked for in names too
    riders, drivers = make_society("Rail Riders"), make_society("Bus Drivers")
    public(call, title="On trains", draft_text="Conference likes rails.", organisation=riders)
    wheels = "Conference likes wheels."
    public(call, title="On buses", draft_text=wheels, number="12", organisation=drivers)
    public(call, title="On homes", category=homes, organisation=body)
    for state in HIDDEN:
        make_motion(call, state=state, title="On homes too", draft_text="wheels rails")
    found = find(call.conference, words=words)
    assert [motion.current_version.title for motion in found] == titles


def test_find_page_filters_by_category_body_and_status_and_bears_nonsense(call, client):
    homes = Category.objects.create(conference=call.conference, name="Homes")
    one = public(call, title="On homes", category=homes)
    public(call, title="On buses")
    page = reverse("motions:find", args=[call.conference.slug])

    def titles(**asked):
        rows = client.get(page, asked).context["page_obj"].object_list
        return [motion.current_version.title for motion in rows]

    assert titles(category=homes.pk) == titles(body=one.organisation_id) == ["On homes"]
    assert titles(page="99") == ["On homes", "On buses"]
    for nonsense in ({"category": "x"}, {"body": "0"}, {"words": "x" * 101}, {"words": "\x00"}):
        assert client.get(page, nonsense).status_code == 200
    hidden = make_motion(call)
    assert f'value="{hidden.organisation_id}"' not in client.get(page).content.decode()


def test_lists_cost_the_same_for_two_motions_and_thirty(call, client):
    categories = [Category.objects.create(conference=call.conference, name=n) for n in "AB"]
    pages = [reverse(f"motions:{name}", args=[call.conference.slug]) for name in ("find", "mine")]
    reader = sign_in(client, make_user())

    def fill(number):
        for n in range(number):
            motion = public(call, category=categories[n % 2])
            ReadingMark.objects.create(
                reader_id=client.session["_auth_user_id"], motion=motion, mark="read", marked_at=AT
            )

    def costs():
        counted = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert reader.get(page).status_code == 200
            counted.append(len(queries))
        return counted

    fill(2)
    costs()
    before = costs()
    fill(28)
    assert costs() == before
    assert max(before) <= 12


def test_list_shows_motions_under_their_categories_with_their_state_in_words(call, client):
    first = Category.objects.create(conference=call.conference, name="Zebras", position=1)
    second = Category.objects.create(conference=call.conference, name="Apples", position=2)
    public(call, title="Under apples", category=second)
    public(call, title="Under zebras", category=first)
    public(call, title="Under none")
    said = client.get(reverse("motions:list", args=[call.conference.slug])).content.decode()
    order = ["Zebras", "Under zebras", "Apples", "Under apples", "Under no category", "Under none"]
    assert sorted(order, key=said.index) == order
    assert said.count("Published</span>") == 3


def test_numbers_of_lines_follow_the_rule_the_text_was_numbered_with(call, client, monkeypatch):
    motion = public(call, draft_text=f"Conference notes:\n\n- {'co-operation ' * 12}\n\nThe end.")
    monkeypatch.setattr(lines, "ALGORITHM", 2)
    monkeypatch.setitem(lines._WIDTHS, 2, 20)
    monkeypatch.setitem(lines._BULLET_INDENT, 2, 0)
    shown = [
        (line.number, line.text)
        for block in numbered(motion.current_version)
        for line in block.lines
    ]
    five = " ".join(["co-operation"] * 5)
    two = " ".join(["co-operation"] * 2)
    assert shown == [(1, "Conference notes:"), (2, five), (3, five), (4, two), (5, "The end.")]
    said = client.get(motion.get_absolute_url()).content.decode()
    assert said.count("data-line=") == 5


def test_word_longer_than_a_line_is_shown_without_a_gap(call):
    cut = public(call, draft_text=f"See {'x' * 170} there.")
    [block] = numbered(cut.current_version)
    assert [(line.text[:5], line.gap) for line in block.lines] == [
        ("See", " "),
        ("xxxxx", ""),
        ("xxxxx", ""),
        ("xxxxx", ""),
    ]
    assert "".join(line.text + line.gap for line in block.lines) == f"See {'x' * 170} there."


def test_history_is_of_the_public_texts_alone_and_compares_any_two(call, client):
    motion = make_motion(call, state="submitted", draft_text="Conference resolves: secret.")
    motion.draft_text = "Conference resolves to sing well."
    make_version(
        by=motion.created_by, motion=motion, origin=MotionVersion.Origin.CLARIFICATION, at=AT
    )
    motion.state, motion.published_at = "published", AT
    motion.save()
    reworded(motion, "Conference resolves to dance well.")
    motion.refresh_from_db()
    assert [version.number for version in public_versions(motion)] == [2, 3]
    page = url("history", motion)
    plain = client.get(page).content.decode()
    assert "secret" not in plain
    assert "as amended by conference, Monday 4 July 2016" in plain
    said = client.get(page, {"old": 2, "new": 3}).content.decode()
    assert "In paragraph 1, delete &quot;sing&quot;, insert &quot;dance&quot;." in said
    assert "secret" not in client.get(page, {"old": 1, "new": 3}).content.decode()
    assert client.get(page, {"old": "x", "new": ""}).status_code == 200


@pytest.mark.parametrize("name", ["history", "note", "keep"])
@pytest.mark.parametrize("state", HIDDEN)
def test_pages_of_a_motion_that_is_not_public_do_not_exist_for_its_own_officer_either(
    call, client, name, state
):
    motion = make_motion(call, state=state)
    sign_in(client, motion.created_by)
    ask = client.post if name == "keep" else client.get
    assert ask(url(name, motion), {"act": "follow"}).status_code == 404
    assert not Follow.objects.exists()


def test_reader_marks_notes_and_follows_and_nobody_else_sees_it(call, client):
    motion = public(call)
    reader = make_user()
    sign_in(client, reader)
    for mark in ("to_read", "read", "read"):
        client.post(url("keep", motion), {"act": "mark", "mark": mark})
    client.post(url("note", motion), {"text": "Ask about fares", "seen": ""})
    client.post(url("keep", motion), {"act": "follow"})
    client.post(url("keep", motion), {"act": "follow"})
    assert ReadingMark.objects.get().mark == "read"
    assert Follow.objects.get().follower == reader
    mine = reverse("motions:mine", args=[call.conference.slug])
    for page in (motion.get_absolute_url(), mine):
        assert "Ask about fares" in client.get(page).content.decode()
    for other in (Client(), sign_in(Client(), motion.created_by)):
        for page in (motion.get_absolute_url(), mine):
            assert "Ask about fares" not in other.get(page).content.decode()
    client.post(url("keep", motion), {"act": "mark", "mark": ""})
    client.post(url("keep", motion), {"act": "unfollow"})
    client.post(
        url("note", motion), {"text": " ", "seen": PrivateNote.objects.get().written_at.isoformat()}
    )
    assert kept() == [0, 0, 0]
    client.post(url("keep", motion), {"act": "burn"})
    client.post(url("keep", motion), {"act": "mark", "mark": "burnt"})
    assert kept() == [0, 0, 0]


def test_note_changed_in_another_window_is_not_written_over(call, client):
    motion = public(call)
    sign_in(client, make_user())
    client.post(url("note", motion), {"text": "First", "seen": ""})
    answer = client.post(url("note", motion), {"text": "Second", "seen": ""})
    said = answer.content.decode()
    assert "There it says: First" in said
    assert "Second" in said
    assert PrivateNote.objects.get().text == "First"
    seen = answer.context["form"]["seen"].value()
    client.post(url("note", motion), {"text": "Second", "seen": seen})
    assert PrivateNote.objects.get().text == "Second"


def test_note_typed_after_the_session_ended_is_there_after_signing_in(call, client):
    motion = public(call)
    client.post(url("note", motion), {"text": "Ask about fares", "seen": ""})
    sign_in(client, make_user())
    assert "Ask about fares" in client.get(url("note", motion)).content.decode()


def test_page_of_ones_own_chooses_what_comes_by_mail(call, client):
    homes = Category.objects.create(conference=call.conference, name="Homes")
    sign_in(client, make_user())
    page = reverse("motions:mine", args=[call.conference.slug])
    client.post(page, {"everything": "on", "categories": [homes.pk]})
    assert Follow.objects.count() == 2
    form = client.get(page).context["form"]
    assert (form["everything"].value(), form["categories"].value()) == (True, [homes.pk])
    client.post(page, {})
    assert not Follow.objects.exists()


def test_note_on_a_motion_that_is_no_longer_public_is_not_shown_with_it(call, client):
    motion = public(call, title="Once public")
    reader = make_user()
    sign_in(client, reader)
    client.post(url("note", motion), {"text": "Hm", "seen": ""})
    Motion.objects.filter(pk=motion.pk).update(state="in_order")
    said = client.get(reverse("motions:mine", args=[call.conference.slug])).content.decode()
    assert "Once public" not in said
