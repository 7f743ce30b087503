"""The frame of a page, the error pages and the mail layout."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import override_settings

from events.models import Imprint
from mailing.rendering import render as render_mail
from tests import factories

TEMPLATES = settings.BASE_DIR / "templates"
STATIC = settings.BASE_DIR / "static"
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|src="data:"""
)


def all_templates(*, but: str) -> list[Path]:
    return [
        path
        for path in sorted(TEMPLATES.rglob("*.html"))
        if not str(path.relative_to(TEMPLATES)).startswith(but)
    ]


def test_no_page_has_inline_script_style_or_data_picture():
    offenders = [
        str(path) for path in all_templates(but="mail/") if INLINE.search(path.read_text())
    ]
    assert offenders == []


def test_every_template_compiles():
    for path in sorted(TEMPLATES.rglob("*.*")):
        get_template(str(path.relative_to(TEMPLATES)))


def test_style_sheets_ask_no_other_host_and_hold_no_data_picture():
    sheets = [path.read_text() for path in STATIC.rglob("*.css")]
    found = [url for sheet in sheets for url in re.findall(r"url\(([^)]*)\)", sheet)]
    assert [url for url in found if not url.strip("\"'").startswith("fonts/")] == []


def test_everything_a_public_page_loads_weighs_under_a_hundred_kilobytes(client, db):
    page = client.get("/accounts/login/").content
    paths = set(re.findall(rb'(?:href|src)="/static/([^"]+)"', page))
    assert len(paths) + 1 <= 8
    text, rest = len(brotli.compress(page)), 0
    for path in paths:
        data = (STATIC / path.decode()).read_bytes()
        rest += len(data) if path.endswith(b".woff2") else len(brotli.compress(data))
    assert text + rest < 100_000


def test_page_says_its_language_and_offers_to_skip_to_the_content(client, db):
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="en-gb">' in page
    assert page.index('href="#main"') < page.index("<header")
    assert '<main id="main" tabindex="-1">' in page


def test_every_link_of_the_header_and_the_footer_leads_somewhere(client, db):
    page = client.get("/contact/").content.decode()
    links = re.findall(r'<a[^>]* href="(/[^"]*)"', page)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_page_carries_the_imprint_in_force(client, db):
    Imprint.objects.create(
        text="Promoted by A. Person, 1 Street, Town.", in_force_from=factories.AT
    )
    page = client.get("/accounts/login/").content.decode()
    assert "Promoted by A. Person, 1 Street, Town." in page


def test_page_of_somebody_signed_in_has_a_name_menu_that_signs_out_by_post(client, db):
    client.force_login(factories.make_user(name="Siân Jones"))
    page = client.get("/accounts/logout/").content.decode()
    assert '<summary><span class="visually-hidden">Your menu: </span>Siân</summary>' in page
    assert '<form method="post" action="/accounts/logout/">' in page
    assert "Staff admin" not in page


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "login/code/"])
def test_way_in_refused_says_so_in_title_summary_and_field(client, db, path):
    field = "login" if path == "login/" else "email"
    page = client.post(f"/accounts/{path}", {field: "nonsense"}).content.decode()
    assert "<title>Error: " in page
    assert 'class="error-summary"' in page
    assert f'id="id_{field}_error"' in page
    assert 'value="nonsense"' in page


def test_sign_in_page_asks_for_the_address_first_and_keeps_the_password_quiet(client, db):
    page = client.get("/accounts/login/").content.decode()
    assert page.index("Send me a code") < page.index("<details>") < page.index('type="password"')


def test_page_not_found_says_what_to_do(client, db):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "check it for slips" in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429"])
def test_error_page_renders_without_a_view(name):
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert 'href="/"' in page


def test_page_for_our_own_fault_needs_nothing_that_could_be_broken():
    source = (TEMPLATES / "500.html").read_text()
    assert re.findall(r"{%\s*(?!comment|endcomment)\w+|{{", source) == []
    assert "do not count it as sent" in render_to_string("500.html")


MAIL = (
    '{% extends "mail/base.html" %}{% block title %}Receipt{% endblock %}'
    "{% block heading %}Your motion arrived{% endblock %}{% block content %}<p>{{ name }}</p>{% endblock %}"
    '{% block button %}{% include "mail/button.html" with url="https://example.org/m/1" label="See it" %}'
    "{% endblock %}"
)


def test_mail_has_one_next_step_the_imprint_and_a_way_out():
    html = Template(MAIL).render(
        Context(
            {"name": "Tom & Ann", "imprint": "Promoted by A.", "unsubscribe_url": "https://e.org/u"}
        )
    )
    assert "Tom &amp; Ann" in html
    assert html.count('class="button"') == 1
    assert "Promoted by A." in html
    assert 'href="https://e.org/u"' in html
    assert "prefers-color-scheme: dark" in html


def test_mail_without_a_subscription_offers_no_way_out():
    assert "Unsubscribe" not in Template(MAIL).render(Context({}))


def test_mail_in_plain_text_has_the_same_parts(tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/receipt.html").write_text(MAIL)
    (tmp_path / "mail/receipt.txt").write_text(
        '{% extends "mail/base.txt" %}{% block heading %}Your motion arrived{% endblock %}'
        "{% block content %}{{ name }}{% endblock %}"
        "{% block button %}See it: https://example.org/m/1{% endblock %}"
    )
    engines = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES, tmp_path]}]
    with override_settings(TEMPLATES=engines):
        text, html = render_mail(
            "receipt",
            {"name": "Tom & Ann", "imprint": "Promoted by A.", "site_name": "Conferences"},
        )
    assert " ".join(text.split()) == (
        "Your motion arrived Tom & Ann See it: https://example.org/m/1 -- Conferences "
        "You got this mail because of something you did on our conference site. Promoted by A."
    )
    assert 'style="' in html
