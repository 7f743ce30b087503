"""A demo year around today: made-up bodies and people, real rules. Development only.

Refuses to be imported where DEBUG is off: the people in it sign in with one click.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if not settings.DEBUG and settings.ENVIRONMENT != "test":
    raise ImproperlyConfigured(
        "The demo year is for development machines only. Remove coopconf.demo from the addresses "
        "and commands of this installation, or run with ENVIRONMENT=development."
    )
