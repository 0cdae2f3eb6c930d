"""The intake interview on screen."""

from screens.interview.screen import InterviewScreen

__all__ = ["InterviewScreen"]
