"""Every address of the site, by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from coopconf import pages
from coopconf.design import design, design_of_a_conference
from coopconf.views import health, well_known

handler500 = "coopconf.views.faults.fault"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots_txt, name="robots-txt"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path(".well-known/change-password", well_known.change_password, name="well-known-password"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("mail/", include("mailing.urls")),
    path("contact/", pages.contact, name="contact"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("", include("members.urls")),
    path("", include("events.urls")),
    path("", include("registrations.urls")),
    path("", include("motions.urls")),
    path("", include("motions.nominations.urls")),
    path("", include("motions.awards.urls")),
    path("", include("motions.consultations.urls")),
    path("", include("motions.ideas.urls")),
]

if settings.ENVIRONMENT != "production":
    urlpatterns += [
        path("design/", design, name="design"),
        path("design/conference/", design_of_a_conference, name="design-conference"),
    ]

if settings.DEBUG:
    urlpatterns += [path("dev/", include("coopconf.dev.urls"))]
