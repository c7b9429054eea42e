"""Addresses of profiles, needs, the advisor's people and the coordinator's team."""

from django.urls import path

from jobseekers.views import calls, needs, own, people, profile, programmes, team
from jobseekers.views.whom import mine, of_person

PERSON = "advisor/people/<uuid:pk>/"

urlpatterns = [
    path("help/advisor/", calls.get_advisor, name="help_advisor"),
    path("help/contact/", calls.contact, name="help_contact"),
    path("me/join/", own.join, name="join"),
    path("me/profile/", mine(profile.profile), name="my_profile"),
    path("me/profile/<slug:name>/", mine(profile.block), name="my_block"),
    path("me/skills/", mine(profile.concepts), {"which": "skills"}, name="my_skills"),
    path("me/wishes/", mine(profile.concepts), {"which": "wishes"}, name="my_wishes"),
    path("me/needs/", mine(needs.needs), name="my_needs"),
    path("me/needs/<slug:group>/", mine(needs.need_group), name="my_need_group"),
    path("me/programmes/", mine(programmes.programmes), name="my_programmes"),
    path("me/programmes/<uuid:wish>/withdraw/", mine(programmes.withdraw), name="my_programme_withdraw"),
    path("me/seen/", mine(own.seen), name="who_has_seen"),
    path("me/data/", mine(own.data), name="my_data"),
    path("me/data/pause/", mine(own.pause), name="pause_matching"),
    path("me/settings/", mine(own.settings), name="my_settings"),
    path("advisor/people/", people.people, name="people"),
    path("advisor/people/new/", people.enrol, name="enrol"),
    path("advisor/people/code/", people.code, name="make_code"),
    path(PERSON, of_person("person")(people.person), name="person"),
    path(f"{PERSON}code/", of_person("person")(people.code_for), name="person_code"),
    path(f"{PERSON}stage/", of_person("person")(people.stage), name="person_stage"),
    path(f"{PERSON}profile/<slug:name>/", of_person("profile")(profile.block), name="person_block"),
    path(f"{PERSON}skills/", of_person("skills")(profile.concepts), {"which": "skills"}, name="person_skills"),
    path(f"{PERSON}wishes/", of_person("wishes")(profile.concepts), {"which": "wishes"}, name="person_wishes"),
    path(f"{PERSON}needs/", of_person("needs")(needs.needs), name="person_needs"),
    path(f"{PERSON}needs/<slug:group>/", of_person("needs")(needs.need_group), name="person_need_group"),
    path(f"{PERSON}programmes/", of_person("programmes")(programmes.programmes), name="person_programmes"),
    path(f"{PERSON}programmes/<uuid:wish>/withdraw/", of_person("programmes")(programmes.withdraw), name="person_programme_withdraw"),
    path("team/programmes/", programmes.team, name="team_programmes"),
    path("team/programmes/<uuid:pk>/", programmes.request_of_team, name="team_programme"),
    path("team/caseload/", team.caseload, name="caseload"),
    path("team/transfers/", team.transfers, name="transfers"),
    path("team/transfers/<uuid:pk>/", team.transfer, name="transfer"),
    path("team/waiting-list/", team.waiting_list, name="waiting_list"),
    path("team/calls/<uuid:pk>/", calls.called, name="note_call"),
    path("team/members/", team.members, name="team_members"),
    path("team/members/<int:number>/end/", team.end_member, name="team_member_end"),
    path("team/overrides/", team.overrides, name="overrides"),
]
