"""Addresses of employers. A draft is written under its own id, so the eight steps are postings/{id}/edit/{1..8}/."""

from django.urls import path

from employers.views import checking, home, joining, lasting, members, offers, postings, steps, unclaimed, workplaces

urlpatterns = [
    path("employers/", home.for_employers, name="for_employers"),
    path("employers/still-valid/<str:link>/", lasting.still_valid, name="still_valid"),
    path("employer/register/", joining.organisation, name="employer_register"),
    path("employer/register/you/", joining.you, name="employer_register_you"),
    path("employer/register/check/", joining.check, name="employer_register_check"),
    path("employer/register/done/", joining.joined, name="employer_registered"),
    path("employer/members/", members.members, name="employer_members"),
    path("employer/settings/", members.settings, name="employer_settings"),
    path("employer/members/asking/<uuid:request_pk>/", members.asked_to_join, name="employer_asked_to_join"),
    path("employer/members/<int:number>/end/", members.end, name="employer_member_end"),
    path("employer/members/<int:number>/responsible/", members.responsible, name="employer_member_responsible"),
    path("employer/members/invited/<uuid:invitation>/take-back/", members.take_back, name="employer_invitation_taken_back"),
    path("editor/join-requests/", unclaimed.join_requests, name="join_requests"),
    path("employer/invitations/", members.invitations, name="employer_invitations"),
    path("employer/workplaces/", workplaces.workplaces, name="workplaces"),
    path("employer/workplaces/new/", workplaces.workplace_form, name="workplace_new"),
    path("employer/workplaces/<uuid:pk>/", workplaces.workplace, name="workplace"),
    path("employer/workplaces/<uuid:pk>/edit/", workplaces.workplace_form, name="workplace_edit"),
    path("employer/workplaces/<uuid:pk>/supervisors/new/", workplaces.supervisor, name="supervisor_new"),
    path("employer/workplaces/<uuid:pk>/supervisors/<int:number>/", workplaces.supervisor, name="supervisor"),
    path("employer/workplaces/<uuid:pk>/offers/", offers.workplace_offers, name="workplace_offers"),
    path("employer/workplaces/<uuid:pk>/offers/<slug:group>/", offers.workplace_offers, name="workplace_offers_group"),
    path("employer/postings/", postings.postings, name="employer_postings"),
    path("employer/postings/new/", steps.new, name="posting_new"),
    path("employer/postings/<uuid:pk>/", postings.posting, name="employer_posting"),
    path("employer/postings/<uuid:pk>/edit/6/", offers.posting_offers, name="posting_offers"),
    path("employer/postings/<uuid:pk>/edit/6/<slug:group>/", offers.posting_offers, name="posting_offers_group"),
    path("employer/postings/<uuid:pk>/edit/<int:step>/", steps.step, name="posting_step"),
    path("employer/postings/<uuid:pk>/check/", checking.check, name="posting_check"),
    path("employer/postings/<uuid:pk>/check/<slug:key>/", checking.wording, name="posting_wording"),
    path("employer/postings/<uuid:pk>/extend/", lasting.extend, name="posting_extend"),
    path("employer/postings/<uuid:pk>/numbers/", lasting.numbers, name="posting_numbers"),
    path("employer/postings/<uuid:pk>/copy/", lasting.copy, name="posting_copy"),
    path("employer/postings/<uuid:pk>/questions/<uuid:question>/", postings.answer, name="posting_answer"),
    path("employer/postings/<uuid:pk>/move/<slug:move>/", postings.move, name="posting_move"),
]
