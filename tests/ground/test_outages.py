"""While the database or Redis is away the site says so, with a time to come back."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from coopconf.urls import urlpatterns as of_the_site

handler500 = "coopconf.views.faults.fault"


def away(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("wrapped") from OperationalError("server closed the connection")


def mistake(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("ours")


away.login_required = mistake.login_required = False
urlpatterns = [path("away/", away), path("mistake/", mistake), *of_the_site]


@pytest.fixture
def visitor(client, settings, db):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


def test_page_while_the_database_is_away_is_503_with_a_time_to_come_back(visitor) -> None:
    answer = visitor.get("/away/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "<h1>We will be back in a moment</h1>" in answer.content.decode()


def test_page_with_a_mistake_of_ours_is_500(visitor) -> None:
    answer = visitor.get("/mistake/")
    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)


def test_sign_in_while_limits_cannot_be_counted_is_refused_and_reading_goes_on(
    visitor, settings
) -> None:
    nowhere = {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **nowhere},
        "pages": {"BACKEND": "coopconf.forgiving_cache.ForgivingRedisCache", **nowhere},
    }
    refused = visitor.post(reverse("account_request_login_code"), {"email": "ann@example.org"})
    assert refused.status_code == 503
    assert visitor.get("/").status_code == 200
