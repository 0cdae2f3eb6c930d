"""The use cases: one awaitable method is one thing a person does is one transaction."""
