"""The WSGI application for gunicorn."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coopconf.settings")

application = get_wsgi_application()
# Every view is loaded before the first visitor asks, once for all workers that share the memory.
import_module(settings.ROOT_URLCONF)
