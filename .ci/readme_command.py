"""Print a command of the README: the fenced block after `<!-- command: NAME -->`."""

import re
import sys
from pathlib import Path


def readme_command(name: str) -> str:
    """The command as the README has it."""
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- command: {re.escape(name)} -->\n+```\w*\n(.*?)\n```", text, re.DOTALL)
    if found is None:
        raise SystemExit(f"README.md has no command called {name}")
    return found[1]


if __name__ == "__main__":
    print(readme_command(sys.argv[1]))  # noqa: T201
