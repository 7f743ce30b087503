"""What a visitor is told when something broke: our mistake, or a part that is away for a while."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error
from redis.exceptions import RedisError

#: The database or the place of the rate limits is away; trying again soon is the right thing.
OUTAGES = (OperationalError, InterfaceError, RedisError)
RETRY_AFTER_SECONDS = "30"


def fault(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is being handled.

    An outage is 503 with a time to come back, so that neither a person nor a machine takes it for
    an answer; anything else is our mistake and 500. Neither page asks the database for anything.
    """
    error = sys.exc_info()[1]
    while error is not None and not isinstance(error, OUTAGES):
        error = error.__cause__
    if error is None:
        return server_error(request)
    return HttpResponse(
        get_template("503.html").render(),
        status=503,
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )
