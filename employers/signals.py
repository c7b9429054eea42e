"""The facts that employers announce."""

POSTING_PUBLISHED = "posting_published"  # posting_id: it became public, or its public words changed
POSTING_CLOSED = "posting_closed"  # posting_id: paused, filled, expired or withdrawn
QUESTION_ANSWERED = "question_answered"  # question_id, posting_id
