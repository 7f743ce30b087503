"""Addresses that exist in development only, under /dev/."""

from django.urls import path

from coopconf.dev import people, views

app_name = "dev"

urlpatterns = [
    path("mail/", views.mails, name="mails"),
    path("mail/<slug:id>/", views.mail, name="mail"),
    path("mail/<slug:id>/html/", views.mail_html, name="mail-html"),
    path("people/", people.demo_people, name="people"),
    path("people/sign-in/", people.sign_in_as, name="sign-in-as"),
]
