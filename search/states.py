"""What can keep somebody from saving something."""


class NotThere(Exception):
    """It does not exist, or it is not this person's: one answer for both."""


class Refused(Exception):
    """More than one person can look after."""
