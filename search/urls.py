"""Addresses of what anyone may browse."""

from django.urls import path

from accounts.access import anyone
from search import views
from search.api import PostingsFeed
from search.api.contract import explained

urlpatterns = [
    path("postings/", views.postings, name="postings"),
    path("postings/suggestions/", views.suggestions, name="posting_suggestions"),
    path("postings/feed/", anyone(PostingsFeed()), name="postings_feed"),
    path("postings/<uuid:pk>/", views.posting, name="posting"),
    path("employer/postings/<uuid:pk>/preview/", views.preview, name="posting_preview"),
    path("api/", explained, name="api_docs"),
]
