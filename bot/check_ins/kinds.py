"""What Rein says unasked, by kind; the values are stored."""

from enum import StrEnum


class Kind(StrEnum):
    """Why somebody is written to unasked."""

    SESSION = "session"  # how did it go?
    MORNING = "morning"  # how did it go yesterday? counted and worded as a session's question
    REMINDER = "reminder"  # a session is near
    REVIEW = "review"
    REVIEW_OVER = "review_over"  # a review was not answered for a day; nothing is said
    LAPSE = "lapse"
    SILENT = "silent"  # shall I pause?
    PAUSED = "paused"  # a pause is over, or goes on for long
    SAFE = "safe"  # how somebody is, the day after a hold
    ZONE = "zone"  # is it still this late where you are?
    QUIT_DAY = "quit_day"
    FINISH = "finish"
    KEPT = "kept"  # how a finished goal goes on
