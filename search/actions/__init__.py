"""Every change of what a jobseeker keeps of browsing, and of what anyone reports."""

from search.actions.reports import finish_report, report
from search.actions.saved import choose_often, forget_saved, keep, let_go, new_feed, remove_search, save_search, stop_letters
from search.actions.telling import tell

__all__ = [
    "choose_often",
    "finish_report",
    "forget_saved",
    "keep",
    "let_go",
    "new_feed",
    "remove_search",
    "report",
    "save_search",
    "stop_letters",
    "tell",
]
