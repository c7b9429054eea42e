"""What a step on a profile can be refused for. Plain Python."""

LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
TIMES = ("day", "evening", "night", "weekend")
IMPORTANCE = ("must", "helps", "none")
CHANNELS = ("phone", "meeting", "letter")


class Refused(Exception):
    """A step that may not be taken now: "full" (caseload), "code" (an enrolment code that does not open), "channel"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotThere(Exception):
    """It does not exist, or it is not this actor's: one answer for both."""
