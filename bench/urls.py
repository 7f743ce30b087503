"""The site's addresses and the yardstick: a bare view with one indexed query and a small template."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from coopconf.urls import urlpatterns as site
from members.models import Region

TEMPLATE = engines["django"].from_string(
    "<!doctype html><html lang=en><title>{{ region.name }}</title><h1>{{ region.name }}</h1>"
    "<ul>{% for n in numbers %}<li>{{ n }}</li>{% endfor %}</ul></html>"
)


@login_not_required
def yardstick(request: HttpRequest, pk: int) -> HttpResponse:
    """What this server can do at best: everything below is measured against it."""
    region = Region.objects.get(pk=pk)
    return HttpResponse(TEMPLATE.render({"region": region, "numbers": range(20)}, request))


urlpatterns = [*site, path("bench/yardstick/<int:pk>/", yardstick)]
