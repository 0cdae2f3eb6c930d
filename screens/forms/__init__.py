"""Forms in the manner of the intake: one question in hand, the others as lines, saved after every answer."""
