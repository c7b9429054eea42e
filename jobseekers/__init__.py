"""Profiles, skills, needs, and the advisor's caseload."""
