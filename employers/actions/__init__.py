"""Every change of employers, workplaces and postings."""

from employers.actions.questions import ask_about

__all__ = ["ask_about"]
