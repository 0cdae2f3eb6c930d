"""Queries, by aggregate. They take a Session and never open or commit one."""
