"""The supervisor's lists."""
