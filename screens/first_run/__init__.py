"""The first run: who is here, and what to begin with."""

from screens.first_run.screen import FirstRunChoice, FirstRunScreen

__all__ = ["FirstRunChoice", "FirstRunScreen"]
