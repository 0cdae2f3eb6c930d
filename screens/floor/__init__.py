"""The board of the supervisor: the whole floor at a glance."""
