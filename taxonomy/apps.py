"""The shared vocabulary as a Django app."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
