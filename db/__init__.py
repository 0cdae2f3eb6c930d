"""The headless desk: use cases, stores, tables and pure rules."""
