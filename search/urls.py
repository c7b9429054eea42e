"""Addresses of what anyone may browse."""

from django.urls import path

from accounts.access import anyone
from search import views
from search.api import PostingsFeed, SavedFeed
from search.api.contract import explained
from search.api.doors import door

urlpatterns = [
    path("postings/", views.postings, name="postings"),
    path("postings/suggestions/", views.suggestions, name="posting_suggestions"),
    path("postings/feed/", door(PostingsFeed(), "api"), name="postings_feed"),
    path("postings/feed/<str:key>/", anyone(SavedFeed()), name="saved_feed"),
    path("postings/<uuid:pk>/", views.posting, name="posting"),
    path("postings/<uuid:pk>/easy/", views.easy, name="posting_easy"),
    path("postings/<uuid:pk>/report/", views.report, name="report_posting"),
    path("editor/posting-reports/", views.reports, name="posting_reports"),
    path("editor/feeds/", views.feeds, name="feeds"),
    path("me/saved/postings/<uuid:pk>/", views.favourite, name="favourite"),
    path("me/saved/searches/new/", views.save_search, name="save_search"),
    path("me/saved/searches/<uuid:pk>/", views.saved_search, name="saved_search"),
    path("me/saved/searches/<uuid:pk>/feed/", views.change_saved_search, {"what": "feed"}, name="saved_search_feed"),
    path("me/saved/searches/<uuid:pk>/remove/", views.change_saved_search, {"what": "remove"}, name="saved_search_remove"),
    path("saved/leave/<str:token>/", views.leave_saved, name="leave_saved"),
    path("employer/postings/<uuid:pk>/preview/", views.preview, name="posting_preview"),
    path("api/", explained, name="api_docs"),
]
