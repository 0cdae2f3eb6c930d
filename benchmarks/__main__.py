"""`python -m benchmarks`: every measurement beside its floor and its budget, as one table."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.databases import Databases
from benchmarks.in_database import claims, imports
from benchmarks.matching import matching
from benchmarks.on_screen import keys, memory, start_up
from benchmarks.reports import reports
from benchmarks.results import Result, table

Measurement = Callable[[Databases, list[int]], Iterator[Result]]
MEASUREMENTS: dict[str, Measurement] = {
    "startup": start_up,
    "keys": keys,
    "claims": claims,
    "imports": imports,
    "matching": matching,
    "reports": reports,
    "memory": memory,
}


def main() -> int:
    """Measure what was asked for; exit code 1 when a budget is not met."""
    options = _options()
    databases = Databases(options.cache)
    results: list[Result] = []
    for size in options.sizes:
        print(f"preparing a desk of {size:,} candidates", file=sys.stderr)
        databases.of(size)
    for name in options.only or MEASUREMENTS:
        print(f"measuring {name}", file=sys.stderr)
        results += MEASUREMENTS[name](databases, options.sizes)
    print(table(results))
    return int(any(result.within is False for result in results))


def _options() -> argparse.Namespace:
    from platformdirs import user_cache_path

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[22_500, 1_000_000], metavar="22500,1000000")
    parser.add_argument("--only", action="append", choices=list(MEASUREMENTS))
    parser.add_argument(
        "--cache", type=Path, default=user_cache_path("ehvdz-benchmarks"), help="where the desks are kept"
    )
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return sorted(int(part) for part in text.replace("_", "").split(","))


if __name__ == "__main__":
    sys.exit(main())
