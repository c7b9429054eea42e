"""The facts that jobseekers announce."""

PROFILE_CHANGED = "profile_changed"  # profile_id
PROFILE_LEFT = "profile_left"  # profile_id: paused or gone
