"""Cooperation as a Django app."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "cooperation"
