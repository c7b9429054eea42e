"""Addresses of meetings, plans and contacts."""

from django.urls import path

from cooperation.views import contacts, employers, guests, meetings, own, parties, plans
from jobseekers.views.whom import mine, of_person

PERSON = "advisor/people/<uuid:pk>/"
of_plan = of_person("plan")

urlpatterns = [
    path("me/plan/", mine(plans.plan), name="my_plan"),
    path("me/plan/goal/", mine(plans.goal), name="my_goal"),
    path("me/plan/steps/new/", mine(plans.new_step), name="my_step_new"),
    path("me/plan/steps/<uuid:plan_step>/", mine(plans.step), name="my_step"),
    path("me/plan/steps/<uuid:plan_step>/done/", mine(plans.step_done), name="my_step_done"),
    path("me/plan/steps/<uuid:plan_step>/remove/", mine(plans.step_removed), name="my_step_remove"),
    path(f"{PERSON}plan/", of_plan(plans.plan), name="person_plan"),
    path(f"{PERSON}plan/goal/", of_plan(plans.goal), name="person_goal"),
    path(f"{PERSON}plan/steps/new/", of_plan(plans.new_step), name="person_step_new"),
    path(f"{PERSON}plan/steps/<uuid:plan_step>/", of_plan(plans.step), name="person_step"),
    path(f"{PERSON}plan/steps/<uuid:plan_step>/done/", of_plan(plans.step_done), name="person_step_done"),
    path(f"{PERSON}plan/steps/<uuid:plan_step>/remove/", of_plan(plans.step_removed), name="person_step_remove"),
    path(f"{PERSON}contacts/", of_person("contacts")(contacts.of_person), name="person_contacts"),
    path("advisor/contacts/<uuid:pk>/", contacts.contact, name="contact"),
    path("advisor/employers/", employers.employers, name="advisor_employers"),
    path("advisor/employers/<uuid:pk>/", employers.employer, name="advisor_employer"),
    path("advisor/employers/<uuid:pk>/back/<uuid:contact>/", employers.come_back, name="advisor_employer_back"),
    path("advisor/meetings/", meetings.meetings, name="advisor_meetings"),
    path("advisor/meetings/new/", meetings.new, name="new_meeting"),
    path("advisor/meetings/<uuid:pk>/", meetings.meeting, name="advisor_meeting"),
    path("advisor/meetings/<uuid:pk>/change/", meetings.change, name="change_meeting"),
    path("advisor/meetings/<uuid:pk>/agenda/", meetings.agenda, name="meeting_agenda"),
    path("advisor/meetings/<uuid:pk>/invite/", meetings.invite, name="invite_to_meeting"),
    path("advisor/meetings/<uuid:pk>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("advisor/meetings/<uuid:pk>/held/", meetings.held, name="meeting_held"),
    path("advisor/meetings/<uuid:pk>/calendar/", meetings.calendar, name="advisor_meeting_calendar"),
    path("advisor/meetings/<uuid:pk>/agency/", parties.add_agency, name="meeting_agency"),
    path("advisor/meetings/<uuid:pk>/member/", parties.add_member, name="meeting_member"),
    path("advisor/meetings/<uuid:pk>/ask/", parties.ask, name="ask_about_meeting"),
    path("advisor/meetings/<uuid:pk>/note/", parties.note, name="meeting_note"),
    path("advisor/meetings/<uuid:pk>/task/", parties.task, name="meeting_task"),
    path("advisor/meetings/parties/<uuid:pk>/", parties.party, name="meeting_party"),
    path("advisor/meetings/notes/<uuid:pk>/remove/", parties.remove_note, name="remove_meeting_note"),
    path("meetings/tasks/<uuid:pk>/done/", parties.finish_task, name="finish_meeting_task"),
    path("me/meetings/", own.meetings, name="my_meetings"),
    path("me/meetings/<uuid:pk>/", own.meeting, name="my_meeting"),
    path("me/meetings/<uuid:pk>/remove/<uuid:party>/", own.remove, name="my_meeting_remove"),
    path("me/meetings/<uuid:pk>/calendar/", own.calendar, name="my_meeting_calendar"),
    path("employer/meetings/", guests.employer_meetings, name="employer_meetings"),
    path("employer/meetings/<uuid:pk>/", guests.employer_meeting, name="employer_meeting"),
    path("employer/meetings/<uuid:pk>/calendar/", guests.employer_calendar, name="employer_meeting_calendar"),
    path("meetings/link/<str:token>/", guests.link, name="meeting_link"),
]
