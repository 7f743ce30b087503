"""Addresses of nominations and elections."""

from django.urls import include, path

from motions.nominations.views import bodies, desk, nominee, public

app_name = "nominations"

conference = [
    path("nominations/", bodies.posts, name="posts"),
    path("nominations/<int:pk>/", bodies.nominate, name="nominate"),
    path("nominations/<int:pk>/form/", bodies.blank_form, name="blank-form"),
    path("nominations/<int:pk>/candidates/", public.candidates, name="candidates"),
    path("nominations/<int:pk>/candidates/booklet/", public.booklet, name="booklet"),
    path("nominations/<int:pk>/candidates/<int:candidate_pk>/photo/", public.photo, name="photo"),
    path("nominations/sent/<int:pk>/withdraw/", bodies.withdraw, name="withdraw"),
    path("elections/", desk.desk, name="desk"),
    path("elections/<int:pk>/", desk.post, name="desk-post"),
]

#: Whoever has the link is the nominee: no account, no sign-in.
personal = [
    path("", nominee.answer, name="answer"),
    path("statement/", nominee.statement, name="statement"),
    path("photo/", nominee.own_photo, name="own-photo"),
    path("withdraw/", nominee.stand_down, name="stand-down"),
]

urlpatterns = [
    path("conferences/<slug:slug>/", include(conference)),
    path("nominations/<str:token>/", include(personal)),
]
