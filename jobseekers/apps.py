"""Jobseekers as a Django app."""

from django.apps import AppConfig


class JobseekersConfig(AppConfig):
    name = "jobseekers"
