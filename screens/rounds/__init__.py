"""Rounds of re-confirmation."""
