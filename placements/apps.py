"""Placements as a Django app."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"
