"""Addresses of placements."""

from django.urls import path

from placements.views import agreements, papers, parties, placements

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
    path("me/placements/", parties.my_placements, name="my_placements"),
    path("me/placements/<uuid:pk>/", parties.my_placement, name="my_placement"),
    path("me/placements/<uuid:pk>/stop/", placements.stop, name="my_stop"),
    path("me/agreements/<uuid:pk>/sign/", parties.sign, name="sign_agreement"),
    path("employer/placements/", parties.employer_placements, name="employer_placements"),
    path("employer/placements/<uuid:pk>/", parties.employer_placement, name="employer_placement"),
    path("employer/placements/<uuid:pk>/stop/", placements.stop, name="employer_stop"),
    path("employer/agreements/<uuid:pk>/sign/", parties.employer_sign, name="employer_sign"),
]
