#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

FILES_ALONE = {"merge_amendments"}
"""Commands that read files and nothing else: they run where no installation is configured."""


def main() -> None:
    """Run one management command; a faulty configuration is told in words, not as a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coopconf.settings")
    if FILES_ALONE & set(sys.argv[1:2]):
        os.environ.setdefault("ENVIRONMENT", "development")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
