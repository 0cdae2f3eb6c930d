"""What the program costs, beside what the same work costs bare; `python -m benchmarks`."""
