"""The site as the rig serves it; told so, without row locks, to show what the rig can catch."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
assert get_resolver().url_patterns  # read before the fork: a worker started anew answers at once

if os.environ.get("RIG_WITHOUT_LOCKS"):
    from django.db.models import QuerySet

    QuerySet.select_for_update = lambda rows, *args, **kwargs: rows.all()
