"""Signs of life for load balancers and alarms. Neither says anything about a person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coopconf import machinery


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else, so that no outage elsewhere restarts it."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve: 503 without the database.

    A silent broker or late mail is reported but leaves the answer at 200, since taking the web
    away would not mend it. An alarm asks `/readyz?strict` instead: there any trouble is 503.
    """
    faults = {"database": machinery.database_fault()}
    if faults["database"] is None:
        faults |= {"broker": machinery.broker_fault(), "mail": machinery.mail_fault(request.at)}
    has_trouble = any(faults.values())
    is_down = faults["database"] is not None or ("strict" in request.GET and has_trouble)
    return JsonResponse(
        {"ready": not is_down, "parts": {part: fault or "ok" for part, fault in faults.items()}},
        status=503 if is_down else 200,
    )
