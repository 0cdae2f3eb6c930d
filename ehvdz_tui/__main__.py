"""`ehvdz`: the program as it is started from a shell."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from db.texts import Texts
    from ehvdz_tui.front_door import FrontDoor
    from ehvdz_tui.paths import Paths

OPENS_A_SCREEN = ("run", "demo")
REFUSED = 2
"""The exit code of whatever the person can put right."""
INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and give the exit code."""
    from ehvdz_tui.streams import forget_output, steady_streams

    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        steady_streams()
    try:
        return _explained(arguments, as_program=argv is None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read along has left.
        forget_output()
        return PIPE_CLOSED


def _explained(arguments: list[str], *, as_program: bool) -> int:
    from db.texts import Texts
    from ehvdz_tui.paths import find_paths
    from ehvdz_tui.settings import guess_language

    texts = Texts(guess_language(_language_flag(arguments), os.environ))
    paths = find_paths(os.environ)
    if as_program:
        _crash_loudly(paths, texts)
    try:
        # Whoever asks for no more waits for no more.
        return _say_version() if arguments == ["--version"] else _commanded(arguments, paths, texts)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refused_by_system(error, paths, texts)


def _commanded(arguments: list[str], paths: "Paths", texts: "Texts") -> int:
    from db.errors import DeskError
    from ehvdz_tui.cli import UsageError, parse
    from ehvdz_tui.streams import visible

    try:
        options = parse(arguments, texts)
        if getattr(options, "version", False):
            return _say_version()
        code = _run(options, paths)
        sys.stdout.flush()
    except UsageError as error:
        sys.stderr.write(f"{error.help_text}\n{visible(texts.error(error))}\n")
        return REFUSED
    except DeskError as error:
        sys.stderr.write(f"{visible(_spoken(options, texts).error(error))}\n")
        return REFUSED
    return code


def _refused_by_system(error: OSError, paths: "Paths", texts: "Texts") -> int:
    """Tell what the system would not do: a full disk behind `>`, a folder that went, a name too long."""
    from ehvdz_tui.crash import write_down
    from ehvdz_tui.streams import forget_output, visible

    write_down(error, paths.log)
    place = f" ({error.filename})" if error.filename else ""
    said = texts("cli.system_refused", reason=f"{texts.refused(error)}{place}")
    sys.stderr.write(f"{visible(said)}\n")
    try:
        sys.stdout.flush()
    except OSError:
        forget_output()
    return REFUSED


def _run(options: "argparse.Namespace", paths: "Paths") -> int:
    from db.texts import Texts
    from ehvdz_tui.front_door import FrontDoor
    from ehvdz_tui.settings import load_settings

    settings = load_settings(vars(options), os.environ, paths.settings)
    options.spoken = settings.language
    if options.command in OPENS_A_SCREEN:
        # Thousands of classes are made now and none is thrown away: collecting meanwhile costs
        # an eighth of the start.
        gc.disable()
    create = getattr(options, "create", False)
    door = FrontDoor(settings, paths, Texts(settings.language), create=create)
    try:
        return _command(options.command)(door, options)
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{door.texts('cli.interrupted')}\n")
        return INTERRUPTED


def _spoken(options: "argparse.Namespace", texts: "Texts") -> "Texts":
    """The texts in the language of the settings, when these could be read."""
    from db.texts import Texts

    return Texts(getattr(options, "spoken", texts.language))


Command = Callable[["FrontDoor", "argparse.Namespace"], int]


def _command(name: str) -> Command:
    """The function behind a command; only its own module is loaded."""
    from importlib import import_module

    modules = {"import": "import_files", "export": "export_files", "backup": "care", "restore": "care"}
    module = import_module(f"ehvdz_tui.commands.{modules.get(name, name)}")
    command: Command = getattr(module, f"{name}_command")
    return command


def _language_flag(arguments: Sequence[str]) -> str | None:
    found: str | None = None
    for position, argument in enumerate(arguments):
        if argument == "--lang":
            found = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
    return found


def _say_version() -> int:
    from importlib.metadata import version

    sys.stdout.write(f"ehvdz {version('ehvdz-tui')}\n")
    return 0


def _crash_loudly(paths: "Paths", texts: "Texts") -> None:
    """Let whatever nobody foresaw be written down on its way out; it still ends the program."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        from ehvdz_tui.crash import report_crash

        report_crash(error, paths.log, texts)

    sys.excepthook = hook


if __name__ == "__main__":
    sys.exit(main())
