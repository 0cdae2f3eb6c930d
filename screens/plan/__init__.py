"""Who could go where, for all open requests of a region at once."""
