"""Addresses of meetings, plans and contacts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
