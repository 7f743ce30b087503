"""The one address a mail of the rig links to."""

from django.urls import include, path

urlpatterns = [path("mail/", include("mailing.urls"))]
