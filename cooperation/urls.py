"""Addresses of meetings, plans and contacts."""

from django.urls import path

from cooperation.views import contacts, employers, plans
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
]
