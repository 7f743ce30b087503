"""words.js in Chromium, under the strict policy of the site, against the same golden file."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from motions.texts import words
from tests.motions.make import make_motion
from tests.texts.strategies import HOSTILE, VOCABULARY, characters

pytestmark = [pytest.mark.browser, pytest.mark.drill]

GOLDEN = json.loads(Path(__file__).with_name("golden_words.json").read_text())
SCRIPT = Path(__file__).parents[2] / "static" / "js" / "words.js"
PAGE = """<!doctype html><html lang="en"><title>Words</title>
<label for="t">Text</label>
<textarea id="t" data-word-limit="3" data-word-count-target="n">one two</textarea>
<p id="n" class="count">At most 3 words</p>
<label for="u">Reason</label>
<textarea id="u" data-word-count-target="m">one</textarea><p id="m" role="status">Any number</p>
<script src="/words.js" defer></script></html>"""
POLICY = "default-src 'none'; script-src 'self'"


def answer(route: Route) -> None:
    if route.request.url.endswith("/words.js"):
        route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript; charset=utf-8")
    else:
        route.fulfill(
            body=PAGE,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": POLICY},
        )


@pytest.fixture
def counter(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.route("**/*", answer)
    page.goto("https://words.test/")
    yield page
    page.close()


def counts(page: Page, texts: list[str]) -> list[int]:
    return page.evaluate("texts => texts.map(coopconfWords.count)", texts)


def test_count_in_the_page_of_every_golden_case_is_the_stated_number(counter):
    found = counts(counter, [case["text"] for case in GOLDEN["cases"]])
    wrong = [
        (case, n) for case, n in zip(GOLDEN["cases"], found, strict=True) if n != case["words"]
    ]
    assert wrong == []


def test_count_in_the_page_of_every_character_is_that_of_the_server(counter):
    """Every character the server's Unicode knows, between letters, alone, and heading a line."""
    known = [sign for sign in characters() if unicodedata.category(sign) not in ("Cn", "Cs", "Co")]
    texts = [f"a{sign}b 1{sign}2\n{sign}  1. x\n{sign}" for sign in known]
    page_counts = counts(counter, texts)
    wrong = [
        (ascii(text), n)
        for text, n in zip(texts, page_counts, strict=True)
        if n != words.count(text)
    ]
    assert wrong == []


def test_tokens_in_the_page_of_hostile_texts_are_those_of_the_server(counter, is_drill):
    chance = random.Random(None if is_drill else 2016)
    pieces = [*VOCABULARY, *(sign for sign in HOSTILE if sign != "\ud800")]
    texts = [
        "".join(chance.choices(pieces, k=chance.randint(1, 40)))
        for _ in range(200_000 if is_drill else 4_000)
    ]
    found = counter.evaluate("texts => texts.map(coopconfWords.tokens)", texts)
    wrong = [
        (text, tokens)
        for text, tokens in zip(texts, found, strict=True)
        if tokens != words.tokens(text)
    ]
    assert wrong == []


def test_long_words_in_the_page_are_those_of_the_server(counter):
    text = "-".join(["letters"] * 7) + " short " + "x" * 46 + " " + "y" * 45
    found = counter.evaluate("text => coopconfWords.longWords(text)", text)
    assert found == words.long_words(text)
    assert len(found) == 2


def test_lone_surrogate_in_the_page_is_passed_over(counter):
    assert counter.evaluate(r"() => coopconfWords.count('on\ud800e two')") == 2


def test_textarea_shows_its_count_politely_and_what_is_too_many(counter):
    target = counter.locator("#n")
    assert target.text_content() == "2 of 3 words"
    assert target.get_attribute("aria-live") == "polite"
    counter.fill("#t", "one two and/or")
    expect(target).to_have_text("4 of 3 words: 1 too many")
    assert target.get_attribute("class") == "count is-over"
    counter.fill("#t", "")
    expect(target).to_have_text("0 of 3 words")
    assert target.get_attribute("class") == "count"


def test_textarea_without_a_limit_shows_only_its_count(counter):
    target = counter.locator("#m")
    assert target.text_content() == "1 word"
    assert target.get_attribute("aria-live") is None, "role=status is polite already"
    counter.fill("#u", "one and/or two")
    expect(target).to_have_text("4 words")


def test_textarea_waits_for_a_pause_before_it_speaks(counter):
    counter.evaluate(
        """() => { window.said = [];
        new MutationObserver(() => said.push(document.getElementById('n').textContent))
            .observe(document.getElementById('n'), {childList: true}); }"""
    )
    # the page's own clock, so that a busy machine makes no pauses
    counter.clock.install(time=0)
    counter.clock.pause_at(1_000)
    counter.press("#t", "Control+End")
    counter.locator("#t").press_sequentially(" three four five")
    counter.clock.run_for(399)
    assert counter.evaluate("said") == []
    counter.clock.run_for(1)
    assert counter.evaluate("said") == ["5 of 3 words: 2 too many"]


@pytest.mark.django_db(transaction=True)
def test_edit_page_of_a_motion_counts_while_the_officer_types(page_390, sign_in, at):
    at("2016-03-01 12:00")
    motion = make_motion(draft_text="one two")
    sign_in(page_390, motion.created_by)
    page_390.goto(reverse("motions:edit", args=[motion.conference.slug, motion.pk]))
    expect(page_390.get_by_text("2 of 300 words")).to_be_visible()
    page_390.get_by_label("Text").fill("co-operative and/or £1.5m " * 75)
    expect(page_390.get_by_text("300 of 300 words")).to_be_visible()
    page_390.get_by_label("Text").fill("co-operative and/or £1.5m " * 76)
    expect(page_390.get_by_text("304 of 300 words: 4 too many")).to_be_visible()
