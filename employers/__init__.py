"""Employers, their workplaces, members and postings."""
