"""Addresses of the business of conference."""

from django.urls import include, path

from motions.views import acts, cac, drafting, public

app_name = "motions"

motion = [
    path("", public.motion, name="motion"),
    path("edit/", drafting.edit, name="edit"),
    path("preview/", drafting.preview, name="preview"),
    path("confirm/", acts.confirm, name="confirm"),
    path("give-back/", acts.give_back, name="give-back"),
    path("withdraw/", acts.withdraw, name="withdraw"),
    path("late/", acts.late, name="late"),
]

committee = [
    path("", cac.desk, name="cac"),
    path("publish/", cac.publish_all, name="cac-publish-all"),
    path("<int:pk>/", cac.motion, name="cac-motion"),
    path("<int:pk>/publish/", cac.publish, name="cac-publish"),
]

conference = [
    path("motions/", public.motion_list, name="list"),
    path("motions/new/", drafting.begin, name="begin"),
    path("motions/form/<int:call_pk>/", public.blank_form, name="blank-form"),
    path("motions/<int:pk>/", include(motion)),
    path("receipts/<int:number>/", acts.receipt, name="receipt"),
    path("cac/", include(committee)),
]

urlpatterns = [path("conferences/<slug:slug>/", include(conference))]
