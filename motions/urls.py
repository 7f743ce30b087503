"""Addresses of the business of conference."""

from django.urls import include, path

from motions.agendas.views import agenda, chair, decisions, ordering
from motions.agendas.views.desk import agenda_desk
from motions.amendments.views import desk as amendments_desk
from motions.amendments.views import drafting as amending
from motions.amendments.views import reading
from motions.campaigns.views import model_motions
from motions.committee.views import desk
from motions.committee.views.appeal import appeal
from motions.committee.views.beside import beside
from motions.committee.views.motion import motion as cac_motion
from motions.committee.views.pack import pack
from motions.composites.views import amendments as composite_amendments
from motions.composites.views import body as composite_body
from motions.composites.views import desk as composite_desk
from motions.composites.views import drafting as composite_drafting
from motions.reading.views import own
from motions.reading.views.finding import find
from motions.reading.views.history import history
from motions.views import acts, drafting, public
from motions.views.both import together

app_name = "motions"

amendment = [
    path("", reading.amendment, name="amendment"),
    path("answer/", reading.answer, name="answer-amendment"),
]

motion = [
    path("", public.motion, name="motion"),
    path("edit/", drafting.edit, name="edit"),
    path("together/", together, name="together"),
    path("preview/", drafting.preview, name="preview"),
    path("confirm/", acts.confirm, name="confirm"),
    path("give-back/", acts.give_back, name="give-back"),
    path("withdraw/", acts.withdraw, name="withdraw"),
    path("late/", acts.late, name="late"),
    path("history/", history, name="history"),
    path("keep/", own.keep, name="keep"),
    path("note/", own.note, name="note"),
    path("appeal/", appeal, name="appeal"),
    path("amend/", amending.begin, name="amend"),
]

committee = [
    path("", desk.desk, name="cac"),
    path("publish/", desk.publish_all, name="cac-publish-all"),
    path("pack/", pack, name="cac-pack"),
    path("composites/", composite_desk.composites, name="composites"),
    path("composites/<int:pk>/", composite_desk.composite, name="composite-desk"),
    path("composites/<int:pk>/draft/", composite_drafting.draft, name="composite-draft"),
    path(
        "composites/<int:pk>/amendments/",
        composite_amendments.amendments,
        name="composite-amendments",
    ),
    path("agenda/", agenda_desk, name="cac-agenda"),
    path("order/", ordering.sessions, name="cac-sessions"),
    path("order/<int:pk>/", ordering.build, name="cac-order"),
    path("decisions/", decisions.desk, name="cac-decisions"),
    path("decisions/<int:pk>/", decisions.give, name="cac-decision"),
    path("<int:pk>/", cac_motion, name="cac-motion"),
    path("<int:pk>/publish/", desk.publish, name="cac-publish"),
    path("<int:pk>/amendments/", amendments_desk.amendments, name="cac-amendments"),
    path("<int:pk>/catch-up/", amendments_desk.catch_up, name="cac-catch-up"),
    path("<int:pk>/beside/<int:other_pk>/", beside, name="cac-beside"),
]

printed = [
    path("", agenda.agendas, name="agendas"),
    path("<int:pk>/", agenda.agenda, name="agenda"),
    path("<int:pk>/paper/<slug:form>/", agenda.paper, name="agenda-paper"),
    path("<int:pk>/errata/<slug:form>/", agenda.errata, name="agenda-errata"),
]

chairs_desk = [
    path("", chair.desk, name="chair"),
    path("<int:pk>/", chair.motion, name="chair-motion"),
    path("<int:pk>/parts/", ordering.parts, name="parts"),
    path("script/<int:pk>/", chair.script, name="chair-script"),
]

conference = [
    path("motions/", public.motion_list, name="list"),
    path("motions/find/", find, name="find"),
    path("motions/mine/", own.mine, name="mine"),
    path("motions/new/", drafting.begin, name="begin"),
    path("motions/model-motions/", model_motions, name="model-motions"),
    path("motions/form/<int:call_pk>/", public.blank_form, name="blank-form"),
    path("motions/<int:pk>/", include(motion)),
    path("amendments/<int:pk>/", include(amendment)),
    path("receipts/<int:number>/", acts.receipt, name="receipt"),
    path("composites/<int:pk>/", composite_body.composite, name="composite"),
    path("agenda/", include(printed)),
    path("order/<int:pk>/", ordering.order_paper, name="order"),
    path("order/<int:pk>/paper/<slug:form>/", ordering.order_file, name="order-paper"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.report, name="decision"),
    path("chair/", include(chairs_desk)),
    path("cac/", include(committee)),
]

urlpatterns = [path("conferences/<slug:slug>/", include(conference))]
