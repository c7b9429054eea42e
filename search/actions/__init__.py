"""Every change of what a jobseeker keeps of browsing, of what anyone reports, and of the feeds that we follow."""

from search.actions.feeds import follow_by_itself, follow_feed, switch_feed
from search.actions.reports import finish_report, report
from search.actions.saved import choose_often, forget_saved, keep, let_go, new_feed, remove_search, save_search, stop_letters
from search.actions.telling import tell

__all__ = [
    "choose_often",
    "finish_report",
    "follow_by_itself",
    "follow_feed",
    "forget_saved",
    "keep",
    "let_go",
    "new_feed",
    "remove_search",
    "report",
    "save_search",
    "stop_letters",
    "switch_feed",
    "tell",
]
