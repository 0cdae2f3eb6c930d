"""One caller, as the supervisor sees them."""
