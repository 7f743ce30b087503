"""The site's addresses as development has them."""

from django.urls import include, path

from coopconf.urls import urlpatterns as of_the_site

urlpatterns = [*of_the_site, path("dev/", include("coopconf.dev.urls"))]
