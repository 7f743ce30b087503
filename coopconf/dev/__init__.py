"""Pages for people who build the site: the mail it would have sent, the people of the demo.

Whoever opens these pages reads everybody's mail, so the package refuses to load unless DEBUG is on.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if not settings.DEBUG:
    raise ImproperlyConfigured("coopconf.dev is for development only: it does not load here.")
