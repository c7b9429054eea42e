"""Signing in, second factor, roles. The views are allauth's; the addresses and the words are ours."""

urlpatterns = []
