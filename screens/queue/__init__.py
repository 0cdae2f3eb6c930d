"""The queue: the call card, its outcomes, and what to do when nobody is served."""
