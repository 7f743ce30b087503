"""The look in a real browser: no WCAG 2.2 AA violation, no sideways scroll, usable by keyboard."""

import pytest

from members.roles import Role
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPONENTS = ["/design/", "/design/conference/"]
FOOTER_PAGES = ["/contact/", "/privacy/", "/accessibility/"]
WAYS_IN = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/password/reset/",
]
OWN_PAGES = [
    "/accounts/email/",
    "/accounts/password/set/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


@pytest.fixture(params=["page_1280", "page_390"])
def page(request):
    return request.getfixturevalue(request.param)


def fresh_session(page, live_server, client, person):
    """A session that has just proved who it is, so that no page asks again."""
    factories.sign_in(client, person, second_factor=bool(person.is_staff))
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_components_in_either_colours_are_accessible(page, live_server, assert_accessible, colours):
    page.emulate_media(color_scheme=colours)
    for path in [*COMPONENTS, *FOOTER_PAGES]:
        page.goto(live_server.url + path)
        assert_accessible(page)


def test_ways_in_empty_and_refused_are_accessible(page, live_server, assert_accessible):
    for path in WAYS_IN:
        page.goto(live_server.url + path)
        assert_accessible(page)
        page.locator("main input[type=email]").first.fill("nonsense")
        page.locator("main form").first.evaluate(
            "form => { form.noValidate = true; form.submit() }"
        )
        page.wait_for_selector(".error-summary")
        assert_accessible(page)


def test_own_pages_of_a_person_are_accessible(page, live_server, client, assert_accessible):
    fresh_session(page, live_server, client, factories.make_user(name="Siân Jones"))
    for path in OWN_PAGES:
        page.goto(live_server.url + path)
        assert_accessible(page)


def test_error_summary_takes_the_focus_and_leads_to_the_field(page_1280, live_server):
    page_1280.goto(live_server.url + "/accounts/password/reset/")
    page_1280.locator("main form").first.evaluate("form => form.submit()")
    page_1280.wait_for_selector(".error-summary")
    assert page_1280.evaluate("document.activeElement.className") == "error-summary"
    page_1280.keyboard.press("Tab")
    page_1280.keyboard.press("Enter")
    assert page_1280.evaluate("document.activeElement.id") == "id_email"


def test_first_tab_offers_to_skip_and_enter_goes_to_the_content(page_1280, live_server):
    page_1280.goto(live_server.url + "/accounts/login/")
    page_1280.keyboard.press("Tab")
    assert page_1280.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page_1280.keyboard.press("Enter")
    assert page_1280.evaluate("document.activeElement.id") == "main"


def test_name_menu_without_script_opens_and_signs_out(page_without_script, live_server, client):
    fresh_session(page_without_script, live_server, client, factories.make_user(name="Siân Jones"))
    page_without_script.goto(live_server.url + "/accounts/email/")
    page_without_script.locator(".name-menu summary").click()
    page_without_script.get_by_role("button", name="Sign out").click()
    page_without_script.wait_for_selector(".sign-in")


def test_print_button_shows_only_where_a_script_can_make_it_work(
    page_1280, page_without_script, live_server
):
    for page, visible in [(page_1280, True), (page_without_script, False)]:
        page.goto(live_server.url + "/design/")
        assert page.get_by_text("Print this page").is_visible() is visible


def test_component_page_at_320_pixels_does_not_scroll_sideways(
    open_context, assert_accessible, live_server
):
    page = open_context(size=(320, 640)).new_page()
    for path in [*COMPONENTS, *WAYS_IN]:
        page.goto(live_server.url + path)
        assert_accessible(page)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_admin_start_page_and_sign_in_are_accessible(
    page_1280, live_server, client, assert_accessible, colours
):
    page_1280.emulate_media(color_scheme=colours)
    fresh_session(page_1280, live_server, client, factories.make_staff(Role.ADMINISTRATOR))
    page_1280.goto(live_server.url + "/admin/")
    assert page_1280.locator("#site-name").inner_text().strip() == "Conference staff"
    assert_accessible(page_1280)
