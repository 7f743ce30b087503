"""Composition: settings, addresses, Celery. No app imports this package."""

from coopconf.celery import app as celery_app

__all__ = ["celery_app"]
