"""Registrations' addresses."""

from django.urls import path

from registrations.views import (
    body,
    changes,
    credentials,
    delegate,
    delegation,
    door,
    door_offline,
    myself,
    papers,
    personal,
    public,
)

app_name = "registrations"
urlpatterns = [
    path("conferences/<slug:slug>/book/", myself.choose, name="choose"),
    path("conferences/<slug:slug>/book/me/", myself.book_myself, name="myself"),
    path("conferences/<slug:slug>/book/for/<slug:body>/", body.start, name="body"),
    path("conferences/<slug:slug>/statement/<slug:body>/", papers.statement, name="statement"),
    path(
        "conferences/<slug:slug>/delegations/<slug:body>/", delegation.delegation, name="delegation"
    ),
    path(
        "conferences/<slug:slug>/delegations/<slug:body>/more/",
        delegation.more_places,
        name="more_places",
    ),
    path("conferences/<slug:slug>/delegations/<slug:body>/lead/", delegation.lead, name="lead"),
    path("conferences/<slug:slug>/interest/", public.interest, name="interest"),
    path("conferences/<slug:slug>/form/<slug:code>/", public.blank_form, name="blank_form"),
    path("conferences/<slug:slug>/door/", door.desk, name="door"),
    path("conferences/<slug:slug>/door/show/", door.show, name="door_show"),
    path("conferences/<slug:slug>/door/badges/", door_offline.badges, name="door_badges"),
    path("conferences/<slug:slug>/door/send/", door_offline.send, name="door_send"),
    path("conferences/<slug:slug>/door/inside/", door.inside, name="door_inside"),
    path(
        "conferences/<slug:slug>/door/badges/<int:pk>/replace/",
        door.replace_badge,
        name="door_replace",
    ),
    path("conferences/<slug:slug>/credentials/", credentials.report, name="credentials"),
    path("interest/<str:token>/", public.confirm_interest, name="confirm_interest"),
    path("bookings/", personal.my_bookings, name="my_bookings"),
    path("bookings/links/", personal.resend, name="resend"),
    path("bookings/<str:reference>/places/", body.places, name="draft_places"),
    path("bookings/<str:reference>/payment/", body.payment, name="draft_payment"),
    path("bookings/<str:reference>/review/", body.review, name="draft_review"),
    path("bookings/<str:reference>/discard/", body.discard, name="draft_discard"),
    path("booking/<str:key>/", personal.booking, name="booking"),
    path("booking/<str:key>/code/send/", personal.send_code, name="send_code"),
    path("booking/<str:key>/code/", personal.use_code, name="use_code"),
    path("booking/<str:reference>/done/", personal.done, name="done"),
    path("booking/<str:reference>/cancel/", changes.cancel_booking, name="cancel_booking"),
    path("delegate/<str:token>/", delegate.delegate, name="delegate"),
    path("booking/<str:reference>/places/<int:pk>/ask/", delegate.ask, name="ask_delegate"),
    path("booking/<str:reference>/places/<int:pk>/name/", changes.name_place, name="name_place"),
    path(
        "booking/<str:reference>/places/<int:pk>/add/<int:extra>/",
        changes.add_extra,
        name="add_extra",
    ),
    path(
        "booking/<str:reference>/places/<int:pk>/cancel/",
        changes.cancel_place,
        name="cancel_place",
    ),
    path(
        "booking/<str:reference>/extras/<int:pk>/remove/",
        changes.remove_extra,
        name="remove_extra",
    ),
    path("booking/<str:reference>/papers/<int:pk>/", papers.invoice, name="invoice"),
    path("booking/<str:reference>/receipts/<int:pk>/", papers.receipt, name="receipt"),
]
