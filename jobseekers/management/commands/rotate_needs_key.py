"""Seals everything that is sealed again with the first key of NEEDS_KEYS; then the old keys can be taken out."""

from typing import Any

from django.core.management.base import BaseCommand

from jobseekers.actions import reseal, sealed_fields


class Command(BaseCommand):
    help = "Seal every sealed row again with the first key of NEEDS_KEYS. May be stopped and started again."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, field in sealed_fields():
            turned = 0
            for changed in reseal(model, field):
                turned += changed
            self.stdout.write(f"{model._meta.label}: {turned} rows sealed again.")
        self.stdout.write("Done. Take the old keys out of NEEDS_KEYS.")
