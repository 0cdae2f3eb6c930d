"""The figures: each is one condition on one source, and the same condition gives the rows behind it."""
