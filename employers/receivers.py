"""Facts that arrive."""
