"""Addresses of placements."""

from django.urls import path

from placements.views import agreements, check_ins, following, guests, papers, parties, paying, placements

urlpatterns = [
    path("advisor/placements/", placements.placements, name="placements"),
    path("advisor/placements/<uuid:pk>/", placements.placement, name="placement"),
    path("advisor/placements/<uuid:pk>/stop/", placements.stop, name="stop_placement"),
    path("advisor/placements/<uuid:pk>/change/", agreements.change, name="change_placement"),
    path("advisor/introductions/<uuid:pk>/agreement/", agreements.begin, name="begin_agreement"),
    path("advisor/agreements/<uuid:pk>/", agreements.agreement, name="agreement"),
    path("advisor/agreements/<uuid:pk>/send/", agreements.send, name="send_agreement"),
    path("advisor/agreements/<uuid:pk>/sign/<slug:party>/", agreements.sign_for, name="sign_for"),
    path("advisor/agreements/<uuid:pk>/approve/", agreements.approve, name="approve_agreement"),
    path("advisor/agreements/<uuid:pk>/pdf/", papers.pdf, name="agreement_pdf"),
    path("me/agreements/<uuid:pk>/pdf/", papers.pdf, name="my_agreement_pdf"),
    path("employer/agreements/<uuid:pk>/pdf/", papers.employer_pdf, name="employer_agreement_pdf"),
    path("advisor/check-ins/", check_ins.check_ins, name="check_ins"),
    path("advisor/check-ins/<uuid:pk>/", check_ins.review, name="check_in"),
    path("advisor/adaptations/<uuid:pk>/", following.adaptation, name="adaptation"),
    path("advisor/placements/<uuid:pk>/tell/", following.tell, name="tell_of_placement"),
    path("advisor/incidents/<uuid:pk>/", following.incident, name="incident"),
    path("advisor/tasks/<uuid:pk>/done/", following.done, name="task_done"),
    path("team/follow-up/", following.overdue, name="overdue"),
    path("me/check-ins/<uuid:pk>/", check_ins.mine, name="my_check_in"),
    path("me/placements/<uuid:pk>/tell/", following.tell, name="my_tell"),
    path("employer/check-ins/<uuid:pk>/", check_ins.employers, name="employer_check_in"),
    path("employer/placements/<uuid:pk>/tell/", following.tell, name="employer_tell"),
    path("check-ins/<str:token>/", check_ins.by_link, name="check_in_by_link"),
    path("agreements/<str:token>/", guests.agreement, name="agreement_by_link"),
    path("advisor/placements/<uuid:pk>/pay/", paying.who_can_pay, name="who_can_pay"),
    path("me/placements/<uuid:pk>/pay/", paying.who_can_pay, name="my_who_can_pay"),
    path("employer/placements/<uuid:pk>/pay/", paying.employer_who_can_pay, name="employer_who_can_pay"),
    path("me/placements/", parties.my_placements, name="my_placements"),
    path("me/placements/<uuid:pk>/", parties.my_placement, name="my_placement"),
    path("me/placements/<uuid:pk>/stop/", placements.stop, name="my_stop"),
    path("me/agreements/<uuid:pk>/sign/", parties.sign, name="sign_agreement"),
    path("employer/placements/", parties.employer_placements, name="employer_placements"),
    path("employer/placements/<uuid:pk>/", parties.employer_placement, name="employer_placement"),
    path("employer/placements/<uuid:pk>/stop/", placements.stop, name="employer_stop"),
    path("employer/agreements/<uuid:pk>/sign/", parties.employer_sign, name="employer_sign"),
]
