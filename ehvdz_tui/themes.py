"""Colours beyond Textual's own: high contrast for tired eyes and poor screens."""

from textual.theme import Theme

CONTRAST = Theme(
    name="ehvdz-contrast",
    primary="#ffd700",
    secondary="#00ffff",
    accent="#ffd700",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#00ff5f",
    warning="#ffd700",
    error="#ff5f5f",
    dark=True,
)
