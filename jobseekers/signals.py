"""The facts that jobseekers announce."""

PROFILE_CHANGED = "profile_changed"  # profile_id
CARD_CHANGED = "card_changed"  # profile_id: something that may stand on a card, and that the engine does not read
PROFILE_LEFT = "profile_left"  # profile_id, left: paused or gone since then
ADVISOR_CHANGED = "advisor_changed"  # profile_id: another advisor helps the person now
