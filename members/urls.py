"""Addresses of people and bodies."""

from django.urls import path

from members.views import bodies, offices

app_name = "members"

urlpatterns = [
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<slug:slug>/", bodies.body, name="body"),
    path("bodies/<slug:slug>/invite/", bodies.invite, name="invite"),
    path("bodies/<slug:slug>/invitations/<int:pk>/withdraw/", bodies.withdraw, name="withdraw"),
    path("bodies/<slug:slug>/offices/<int:pk>/end/", bodies.end, name="end"),
    path("offices/claim/", offices.claim, name="claim"),
    path("invitations/<str:token>/", offices.invitation, name="invitation"),
    path("membership/", offices.membership, name="membership"),
]
