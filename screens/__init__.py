"""All that is seen: screens and widgets. They know the desk, never a table or a query."""
