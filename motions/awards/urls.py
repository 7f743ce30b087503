"""Addresses of recognition awards."""

from django.urls import path

from motions.awards import views

app_name = "awards"

urlpatterns = [
    path("conferences/<slug:slug>/awards/", views.categories, name="categories"),
    path("conferences/<slug:slug>/awards/<int:pk>/", views.propose, name="propose"),
    path("conferences/<slug:slug>/awards/<int:pk>/form/", views.blank_form, name="blank-form"),
    path("conferences/<slug:slug>/awards/sent/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
