"""Addresses of the public pages of conferences and their calendars."""

from django.urls import path

from events.campaigns import views as campaigns
from events.publications import views as publications
from events.reports import desk as report_desk
from events.reports import views as reports
from events.views import authority, conferences, dates, home, programme

app_name = "events"

urlpatterns = [
    path("", home.home, name="home"),
    path("conferences/", conferences.coming, name="conferences"),
    path("conferences/<slug:slug>/", conferences.conference, name="conference"),
    path("conferences/<slug:slug>/programme/", programme.programme, name="programme"),
    path("conferences/<slug:slug>/programme.ics", programme.programme_ics, name="programme-ics"),
    path("conferences/<slug:slug>/key-dates/", dates.conference_dates, name="dates"),
    path("conferences/<slug:slug>/key-dates.ics", dates.conference_dates_ics, name="dates-ics"),
    path("conferences/<slug:slug>/record/", conferences.record, name="record"),
    path("conferences/<slug:slug>/report/", reports.report, name="report"),
    path("conferences/<slug:slug>/report/paper/", reports.paper, name="report-paper"),
    path("conferences/<slug:slug>/report/desk/", report_desk.desk, name="report-desk"),
    path(
        "conferences/<slug:slug>/report/desk/<int:pk>/", report_desk.arrange, name="report-arrange"
    ),
    path("conferences/<slug:slug>/report/notes/<int:pk>/", reports.notes, name="report-notes"),
    path(
        "conferences/<slug:slug>/report/notes/<int:pk>/take-back/",
        reports.take_back_notes,
        name="report-notes-back",
    ),
    path("conferences/<slug:slug>/acting-for/<slug:body>/", authority.people, name="acting-for"),
    path(
        "conferences/<slug:slug>/acting-for/<slug:body>/<int:pk>/withdraw/",
        authority.withdraw,
        name="withdraw-authority",
    ),
    path("key-dates/", dates.all_dates, name="all-dates"),
    path("key-dates.ics", dates.all_dates_ics, name="all-dates-ics"),
    path("past/", conferences.past, name="past"),
    path("campaigns/<slug:slug>/", campaigns.campaign, name="campaign"),
    path("publications/", publications.publications, name="publications"),
    path("publications/links/<str:token>/", publications.mailed_link, name="publication-link"),
    path("publications/<slug:slug>/", publications.publication, name="publication"),
    path(
        "publications/<slug:slug>/<int:number>/",
        publications.publication_file,
        name="publication-file",
    ),
    path("publications/<slug:slug>/cover/", publications.cover, name="publication-cover"),
]
