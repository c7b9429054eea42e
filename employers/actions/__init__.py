"""Every change of employers, workplaces and postings."""

from employers.actions.closing import count_places, expire, fill, pause, resume, withdraw_posting
from employers.actions.feeds import take_away, take_in
from employers.actions.imports import import_posting
from employers.actions.lasting import ask_if_valid, copy_posting, extend, still_valid
from employers.actions.organisations import (
    answer_invitation,
    answer_join_request,
    end_member,
    invite,
    register,
    share_responsibility,
    take_back_invitation,
)
from employers.actions.postings import create_posting, offers_of, save_step
from employers.actions.questions import answer_question, ask_about
from employers.actions.review import (
    approve,
    mark_published,
    mark_returned,
    publish_by_system,
    send_back,
    submit_posting,
    withdraw_submission,
)
from employers.actions.wording import keep_wording, use_wording
from employers.actions.workplaces import save_offers, save_supervisor, save_workplace, show_offer

__all__ = [
    "answer_invitation",
    "answer_join_request",
    "answer_question",
    "approve",
    "ask_about",
    "ask_if_valid",
    "copy_posting",
    "count_places",
    "create_posting",
    "end_member",
    "expire",
    "extend",
    "fill",
    "import_posting",
    "invite",
    "keep_wording",
    "mark_published",
    "mark_returned",
    "offers_of",
    "pause",
    "publish_by_system",
    "register",
    "resume",
    "save_offers",
    "save_step",
    "save_supervisor",
    "save_workplace",
    "send_back",
    "share_responsibility",
    "show_offer",
    "still_valid",
    "submit_posting",
    "take_away",
    "take_back_invitation",
    "take_in",
    "use_wording",
    "withdraw_posting",
    "withdraw_submission",
]
