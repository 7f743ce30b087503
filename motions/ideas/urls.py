"""Addresses of calls for ideas."""

from django.urls import path

from motions.ideas import views

app_name = "ideas"

urlpatterns = [
    path("ideas/confirm/<str:token>/", views.confirm, name="confirm"),
    path("ideas/support/<str:token>/", views.confirm_support, name="confirm-support"),
    path("ideas/<slug:slug>/", views.call, name="call"),
    path("ideas/<slug:slug>/send/", views.send, name="send"),
    path("ideas/<slug:slug>/<int:pk>/", views.idea, name="idea"),
    path("ideas/<slug:slug>/<int:pk>/support/", views.support_signed_in, name="support"),
]
