"""Every version of the schema, one file each; a released one is never edited."""
