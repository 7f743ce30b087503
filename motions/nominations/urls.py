"""Addresses of nominations."""

from django.urls import path

from motions.nominations import views

app_name = "nominations"

urlpatterns = [
    path("conferences/<slug:slug>/nominations/", views.posts, name="posts"),
    path("conferences/<slug:slug>/nominations/<int:pk>/", views.nominate, name="nominate"),
    path("conferences/<slug:slug>/nominations/<int:pk>/form/", views.blank_form, name="blank-form"),
    path(
        "conferences/<slug:slug>/nominations/sent/<int:pk>/withdraw/",
        views.withdraw,
        name="withdraw",
    ),
    path("nominations/<str:token>/", views.answer, name="answer"),
]
