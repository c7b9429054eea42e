"""Addresses of suggestions, cards, consents and introductions."""

from django.urls import path

from matching.views import behalf, data, decisions, employer, introductions, jobseeker, queue, team, yeses

urlpatterns = [
    path("advisor/", queue.home, name="advisor_home"),
    path("advisor/suggestions/<uuid:pk>/", decisions.suggestion, name="suggestion"),
    path("advisor/suggestions/<uuid:pk>/take/", queue.take, name="take_suggestion"),
    path("advisor/suggestions/<uuid:pk>/confirm/", decisions.confirm, name="confirm"),
    path("advisor/suggestions/<uuid:pk>/card/", decisions.card, name="build_card"),
    path("advisor/suggestions/<uuid:pk>/answer/", behalf.answer, name="answer_for_person"),
    path("advisor/consents/<uuid:pk>/withdraw/", behalf.withdraw, name="withdraw_for_person"),
    path("advisor/people/<uuid:pk>/suggestions/", behalf.of_person, name="person_suggestions"),
    path("advisor/introductions/", introductions.introductions, name="advisor_introductions"),
    path("advisor/introductions/<uuid:pk>/", introductions.introduction, name="advisor_introduction"),
    path("advisor/introductions/<uuid:pk>/remind/", introductions.remind, name="remind_employer"),
    path("advisor/introductions/<uuid:pk>/close/", introductions.close, name="close_introduction"),
    path("team/", team.home, name="team_home"),
    path("me/", jobseeker.today, name="today"),
    path("me/suggestions/", jobseeker.suggestions, name="my_suggestions"),
    path("me/suggestions/<uuid:pk>/", jobseeker.suggestion, name="my_suggestion"),
    path("me/suggestions/<uuid:pk>/consent/", jobseeker.consent, name="my_consent"),
    path("me/suggestions/<uuid:pk>/no/", jobseeker.no, name="my_no"),
    path("me/suggestions/<uuid:pk>/declined/", jobseeker.declined, name="my_declined"),
    path("me/suggestions/<uuid:pk>/similar/", jobseeker.similar, name="my_similar"),
    path("me/consents/", yeses.consents, name="my_consents"),
    path("me/consents/<uuid:pk>/withdraw/", yeses.withdraw, name="withdraw"),
    path("me/introductions/<uuid:pk>/", yeses.introduction, name="my_introduction"),
    path("me/interests/", yeses.interests, name="my_interests"),
    path("me/data/copy/", data.copy, name="copy_data"),
    path("me/data/delete/", data.delete, name="delete_data"),
    path("me/data/delete/confirm/", data.delete_now, name="delete_data_now"),
    path("me/data/deleted/", data.deleted, name="data_deleted"),
    path("postings/<uuid:pk>/interest/", yeses.interest, name="interest"),
    path("employer/", employer.home, name="employer_home"),
    path("employer/introductions/", employer.introductions, name="employer_introductions"),
    path("employer/introductions/<uuid:pk>/", employer.introduction, name="employer_introduction"),
    path("employer/introductions/<uuid:pk>/answer/", employer.answer, name="answer_introduction"),
]
