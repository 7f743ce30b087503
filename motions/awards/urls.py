"""Addresses of recognition awards."""

from django.urls import include, path

from motions.awards.views import evening, panel, proposing, roll

app_name = "awards"

judging = [
    path("", panel.desk, name="panel"),
    path("nominees/<int:pk>/", panel.nominee, name="nominee"),
    path("nominations/<int:pk>/separate/", panel.separate, name="separate"),
    path("nominations/<int:pk>/scan/", panel.scan, name="scan"),
    path("evidence/<int:pk>/", panel.evidence, name="evidence"),
    path("awards/<int:pk>/", panel.decide, name="decide"),
    path("evening/", evening.running, name="evening"),
    path("evening/script/", evening.script, name="script"),
    path("certificates/", evening.certificates, name="certificates"),
    path("afterwards/", evening.afterwards, name="afterwards"),
    path("afterwards/<int:pk>/", evening.honoured, name="honoured"),
]

conference = [
    path("", proposing.categories, name="categories"),
    path("<int:pk>/", proposing.propose, name="propose"),
    path("<int:pk>/form/", proposing.blank_form, name="blank-form"),
    path("sent/<int:pk>/withdraw/", proposing.withdraw, name="withdraw"),
    path("panel/", include(judging)),
    path("roll/", roll.roll, name="roll"),
    path("roll/<int:pk>/", roll.honour, name="roll-honour"),
]

urlpatterns = [
    path("conferences/<slug:slug>/awards/", include(conference)),
    path("awards/honour/<slug:token>/", roll.own, name="honour"),
    path("awards/honour/<slug:token>/certificate/", roll.own_certificate, name="own-certificate"),
]
