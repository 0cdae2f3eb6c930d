"""A second look at completed interviews."""
