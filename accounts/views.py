"""The way in and the choice of role."""
