"""Addresses of suggestions, cards, consents and introductions."""

from django.urls import path

from matching.views import behalf, decisions, employer, engine, introductions, jobseeker, outside, programmes, queue, yeses

urlpatterns = [
    path("advisor/suggestions/<uuid:pk>/", decisions.suggestion, name="suggestion"),
    path("advisor/suggestions/<uuid:pk>/take/", queue.take, name="take_suggestion"),
    path("advisor/suggestions/<uuid:pk>/confirm/", decisions.confirm, name="confirm"),
    path("advisor/suggestions/<uuid:pk>/card/", decisions.card, name="build_card"),
    path("advisor/suggestions/<uuid:pk>/answer/", behalf.answer, name="answer_for_person"),
    path("advisor/consents/<uuid:pk>/withdraw/", behalf.withdraw, name="withdraw_for_person"),
    path("advisor/people/<uuid:pk>/suggestions/", behalf.of_person, name="person_suggestions"),
    path("advisor/people/<uuid:pk>/postings/", outside.person_postings, name="person_postings"),
    path("advisor/people/<uuid:pk>/postings/<uuid:posting>/", outside.pair, name="outside_pair"),
    path("advisor/people/<uuid:pk>/programmes/new/", programmes.for_person, name="person_programme_enrol"),
    path("advisor/postings/<uuid:pk>/people/", outside.posting_people, name="posting_people"),
    path("advisor/introductions/", introductions.introductions, name="advisor_introductions"),
    path("advisor/introductions/<uuid:pk>/", introductions.introduction, name="advisor_introduction"),
    path("advisor/introductions/<uuid:pk>/remind/", introductions.remind, name="remind_employer"),
    path("advisor/introductions/<uuid:pk>/close/", introductions.close, name="close_introduction"),
    path("team/engine/", engine.health, name="engine"),
    path("team/engine/stop/", engine.stop, name="stop_engine"),
    path("team/engine/start/", engine.start, name="start_engine"),
    path("me/suggestions/", jobseeker.suggestions, name="my_suggestions"),
    path("me/suggestions/<uuid:pk>/", jobseeker.suggestion, name="my_suggestion"),
    path("me/suggestions/<uuid:pk>/consent/", jobseeker.consent, name="my_consent"),
    path("me/suggestions/<uuid:pk>/no/", jobseeker.no, name="my_no"),
    path("me/suggestions/<uuid:pk>/declined/", jobseeker.declined, name="my_declined"),
    path("me/suggestions/<uuid:pk>/similar/", jobseeker.similar, name="my_similar"),
    path("me/consents/", yeses.consents, name="my_consents"),
    path("me/consents/<uuid:pk>/withdraw/", yeses.withdraw, name="withdraw"),
    path("me/introductions/<uuid:pk>/", yeses.introduction, name="my_introduction"),
    path("me/saved/", yeses.saved, name="saved"),
    path("me/interests/", yeses.interests, name="my_interests"),
    path("programmes/<slug:slug>/enrol/", programmes.enrol, name="programme_enrol"),
    path("postings/<uuid:pk>/interest/", yeses.interest, name="interest"),
    path("employer/introductions/", employer.introductions, name="employer_introductions"),
    path("employer/introductions/<uuid:pk>/", employer.introduction, name="employer_introduction"),
    path("employer/introductions/<uuid:pk>/answer/", employer.answer, name="answer_introduction"),
]
