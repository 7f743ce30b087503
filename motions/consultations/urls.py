"""Addresses of consultations and policy submissions."""

from django.urls import path

from motions.consultations import views

app_name = "consultations"

submission = "conferences/<slug:slug>/submissions/<int:pk>/"

urlpatterns = [
    path("conferences/<slug:slug>/submissions/", views.consultations, name="list"),
    path("conferences/<slug:slug>/submissions/new/", views.begin, name="begin"),
    path("conferences/<slug:slug>/submissions/form/<int:pk>/", views.blank_form, name="blank-form"),
    path(submission, views.submission, name="submission"),
    path(f"{submission}send/", views.send, name="send"),
    path(f"{submission}withdraw/", views.withdraw, name="withdraw"),
    path(f"{submission}document/", views.document, name="document"),
]
