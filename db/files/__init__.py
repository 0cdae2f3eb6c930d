"""Files that come in and go out: registrations, requests, and the rows that were refused."""
