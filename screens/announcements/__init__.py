"""The message of the day."""
