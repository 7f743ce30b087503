"""Addresses of consultations: what is asked, one's own submissions, links, the committee's desk."""

from django.urls import include, path

from motions.consultations.views import by_link, desk, own, public, response

app_name = "consultations"

submission = [
    path("", own.submission, name="submission"),
    path("send/", own.send, name="send"),
    path("withdraw/", own.withdraw, name="withdraw"),
    path("document/", own.document, name="document"),
    path("preview/", own.preview, name="preview"),
]

committee = [
    path("", desk.desk, name="desk"),
    path("counts/", desk.counts, name="counts"),
    path("export/<slug:form>/", desk.export, name="export"),
    path("themes/", response.themes, name="themes"),
    path("themes/<int:theme_pk>/", response.theme, name="theme"),
    path("themes/<int:theme_pk>/remove/", response.remove_theme, name="remove-theme"),
    path("report/", response.report, name="report-desk"),
    path("report/pdf/", response.report_pdf, name="report-desk-pdf"),
    path("report/publish/", response.publish, name="publish"),
    path("<int:submission_pk>/", desk.submission, name="desk-submission"),
    path("<int:submission_pk>/file/", desk.document, name="desk-document"),
]

consultation = [
    path("", public.consultation, name="consultation"),
    path("mine/", own.begin_own, name="begin-own"),
    path("by-mail/", by_link.ask, name="ask"),
    path("late/", own.late_notice, name="late"),
    path("papers/<int:paper_pk>/", public.paper, name="paper"),
    path("response/", public.response, name="response"),
    path("response/pdf/", public.response_pdf, name="response-pdf"),
    path("desk/", include(committee)),
]

conference = [
    path("submissions/", public.consultations, name="list"),
    path("submissions/new/", own.begin, name="begin"),
    path("submissions/form/<int:pk>/", public.blank_form, name="blank-form"),
    path("submissions/<int:pk>/", include(submission)),
    path("consultations/<int:pk>/", include(consultation)),
]

link = [
    path("", by_link.submission, name="by-link"),
    path("send/", by_link.send, name="by-link-send"),
    path("withdraw/", by_link.withdraw, name="by-link-withdraw"),
    path("document/", by_link.document, name="by-link-document"),
    path("preview/", by_link.preview, name="by-link-preview"),
]

urlpatterns = [
    path("consultations/", public.everywhere, name="everywhere"),
    path("consultations/link/<str:token>/", include(link)),
    path("conferences/<slug:slug>/", include(conference)),
]
