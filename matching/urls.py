"""Addresses of suggestions, cards, consents and introductions."""

from django.urls import path

from matching.views import advisor, employer, jobseeker

urlpatterns = [
    path("advisor/", advisor.home, name="advisor_home"),
    path("advisor/suggestions/<uuid:pk>/", advisor.suggestion, name="suggestion"),
    path("advisor/suggestions/<uuid:pk>/take/", advisor.take, name="take_suggestion"),
    path("advisor/suggestions/<uuid:pk>/confirm/", advisor.confirm, name="confirm"),
    path("advisor/suggestions/<uuid:pk>/card/", advisor.card, name="build_card"),
    path("advisor/introductions/", advisor.introductions, name="advisor_introductions"),
    path("advisor/introductions/<uuid:pk>/", advisor.introduction, name="advisor_introduction"),
    path("me/", jobseeker.today, name="today"),
    path("me/suggestions/", jobseeker.suggestions, name="my_suggestions"),
    path("me/suggestions/<uuid:pk>/", jobseeker.suggestion, name="my_suggestion"),
    path("me/suggestions/<uuid:pk>/consent/", jobseeker.consent, name="my_consent"),
    path("me/suggestions/<uuid:pk>/declined/", jobseeker.declined, name="my_declined"),
    path("me/consents/", jobseeker.consents, name="my_consents"),
    path("me/consents/<uuid:pk>/withdraw/", jobseeker.withdraw, name="withdraw"),
    path("me/introductions/<uuid:pk>/", jobseeker.introduction, name="my_introduction"),
    path("me/interests/", jobseeker.interests, name="my_interests"),
    path("postings/<uuid:pk>/interest/", jobseeker.interest, name="interest"),
    path("employer/introductions/", employer.introductions, name="employer_introductions"),
    path("employer/introductions/<uuid:pk>/", employer.introduction, name="employer_introduction"),
    path("employer/introductions/<uuid:pk>/answer/", employer.answer, name="answer_introduction"),
]
