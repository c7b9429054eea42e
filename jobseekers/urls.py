"""Addresses of profiles, needs, the advisor's people and the coordinator's team."""

from django.urls import path

from jobseekers.views import own, staff

PERSON = "advisor/people/<uuid:pk>/"

urlpatterns = [
    path("me/join/", own.join, name="join"),
    path("me/profile/", own.profile, name="my_profile"),
    path("me/profile/<slug:name>/", own.block, name="my_block"),
    path("me/skills/", own.concepts, {"kind": "skills"}, name="my_skills"),
    path("me/wishes/", own.concepts, {"kind": "wishes"}, name="my_wishes"),
    path("me/needs/", own.needs, name="my_needs"),
    path("me/needs/<slug:group>/", own.need_group, name="my_need_group"),
    path("me/seen/", own.seen, name="who_has_seen"),
    path("me/data/", own.data, name="my_data"),
    path("advisor/people/", staff.people, name="people"),
    path("advisor/people/new/", staff.enrol, name="enrol"),
    path("advisor/people/code/", staff.code, name="make_code"),
    path(PERSON, staff.person, name="person"),
    path(f"{PERSON}profile/<slug:name>/", own.block, name="person_block"),
    path(f"{PERSON}skills/", own.concepts, {"kind": "skills"}, name="person_skills"),
    path(f"{PERSON}wishes/", own.concepts, {"kind": "wishes"}, name="person_wishes"),
    path(f"{PERSON}needs/<slug:group>/", own.need_group, name="person_need_group"),
    path("team/", staff.team, name="team_home"),
    path("team/overrides/", staff.overrides, name="overrides"),
]
