"""The command line: what can be asked, and its help in the language of whoever asks."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from db.errors import DeskError
from db.texts import Texts

DEFAULT_COMMAND = "run"


class UsageError(DeskError):
    """A command that cannot be understood; `help` is what the person should have seen first."""

    def __init__(self, key: str, help_text: str, **params: object) -> None:
        super().__init__(key, **params)
        self.help_text = help_text


@dataclass(frozen=True, slots=True)
class _Speech:
    """The words that argparse would otherwise say in English."""

    texts: Texts

    def formatter(self) -> type[argparse.HelpFormatter]:
        """A help formatter whose usage line begins in the language of the texts."""
        begin = f"{self.texts('cli.usage')} "

        class Formatter(argparse.RawDescriptionHelpFormatter):
            def add_usage(
                self,
                usage: str | None,
                actions: Iterable[argparse.Action],
                groups: Iterable[argparse._MutuallyExclusiveGroup],
                prefix: str | None = None,
            ) -> None:
                super().add_usage(usage, actions, groups, begin if prefix is None else prefix)

        return Formatter


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError where argparse would print English and exit."""

    # argparse gives this method four signatures; none of them matters here.
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """Understand what can be understood, with the help of this very command when something is wrong."""
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            raise UsageError("cli.not_understood", self.format_help(), what=_blamed(error)) from error

    def error(self, message: str) -> NoReturn:
        """Say what is missing: nothing else ends up here, since wrong words raise before."""
        raise UsageError("cli.incomplete", self.format_help(), command=self.prog)


def _blamed(error: argparse.ArgumentError) -> str:
    word = re.search(r"invalid choice: '(.*)' \(choose", error.message)
    return word[1] if word else error.argument_name or ""


def parse(arguments: Sequence[str], texts: Texts) -> argparse.Namespace:
    """Understand a command line; options of the whole program may stand before and after the command.

    Raises UsageError when it is not understood; `--help` prints and raises SystemExit(0).
    """
    parser = build_parser(texts)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise UsageError("cli.not_understood", parser.format_help(), what=" ".join(unknown))
    options.command = getattr(options, "command", None) or DEFAULT_COMMAND
    return options


def build_parser(texts: Texts) -> argparse.ArgumentParser:
    """The parser, with every help text from the catalogs."""
    builder = _Builder(texts)
    parser = builder.parser()
    commands = builder.commands(parser, "command", texts("cli.metavar.command"))
    builder.command(commands, "run", texts("cli.run.help"))
    demo = builder.command(commands, "demo", texts("cli.demo.help"))
    demo.add_argument("--seed", metavar="N", type=int, default=1, help=texts("cli.demo.seed"))
    demo.add_argument("--fresh", action="store_true", help=texts("cli.demo.fresh"))
    _add_imports(builder, commands)
    _add_exports(builder, commands)
    plan = builder.command(commands, "plan", texts("cli.plan.help"))
    plan.add_argument("--region", metavar=texts("cli.metavar.region"), help=texts("cli.plan.region"))
    _add_reports(builder, commands)
    target, file = texts("cli.metavar.target"), texts("cli.metavar.file")
    backup = builder.command(commands, "backup", texts("cli.backup.help"), f"[{target}]")
    backup.add_argument("target", metavar=target, nargs="?", help=texts("cli.backup.target"))
    restore = builder.command(commands, "restore", texts("cli.restore.help"), file)
    restore.add_argument("file", metavar=file, help=texts("cli.restore.file"))
    rules = builder.command(commands, "rules", texts("cli.rules.help"), texts("cli.rules.changes"))
    rules.add_argument(
        "changes", metavar=texts("cli.rules.changes"), nargs="*", help=texts("cli.rules.change")
    )
    builder.command(commands, "where", texts("cli.where.help"))
    builder.command(commands, "keys", texts("cli.keys.help"))
    return parser


def _add_imports(builder: "_Builder", commands: "Commands") -> None:
    texts = builder.texts
    imports = builder.command(commands, "import", texts("cli.import.help"), texts("cli.metavar.kind"))
    kinds = builder.commands(imports, "kind", texts("cli.metavar.kind"))
    file, batch = texts("cli.metavar.file"), texts("cli.metavar.batch")
    registrations = builder.command(kinds, "registrations", texts("cli.import.registrations"), file)
    requests = builder.command(kinds, "requests", texts("cli.import.requests"), file)
    for parser in (registrations, requests):
        parser.add_argument("file", metavar=file, help=texts("cli.import.file"))
        parser.add_argument("--dry-run", action="store_true", help=texts("cli.import.dry_run"))
        parser.add_argument("--json", action="store_true", help=texts("cli.import.json"))
        column = texts("cli.metavar.column")
        parser.add_argument(
            "--column", metavar=column, action="append", default=[], help=texts("cli.import.column")
        )
    registrations.add_argument(
        "--source", metavar=texts("cli.metavar.source"), help=texts("cli.import.source")
    )
    undo = builder.command(kinds, "undo", texts("cli.import.undo"), batch)
    undo.add_argument("batch", metavar=batch, help=texts("cli.import.batch"))
    builder.command(kinds, "list", texts("cli.import.list"))


def _add_reports(builder: "_Builder", commands: "Commands") -> None:
    texts = builder.texts
    name, day = texts("cli.metavar.report"), texts("cli.metavar.day")
    names = ", ".join(texts.codes("reports.title."))
    report = builder.command(commands, "report", texts("cli.report.help"), name)
    report.add_argument("report", metavar=name, help=texts("cli.report.name", names=names))
    report.add_argument("--from", dest="from_", metavar=day, help=texts("cli.report.from"))
    report.add_argument("--to", metavar=day, help=texts("cli.report.to"))
    report.add_argument("--as-of", metavar=day, help=texts("cli.report.as_of"))
    report.add_argument("--region", metavar="sigra", help=texts("cli.report.region"))
    report.add_argument("--wave", metavar="1|2+3", help=texts("cli.report.wave"))
    form = report.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=texts("cli.report.json"))
    form.add_argument("--csv", action="store_true", help=texts("cli.report.csv"))
    form.add_argument("--xlsx", metavar=texts("cli.metavar.file"), help=texts("cli.report.xlsx"))
    form.add_argument("--md", action="store_true", help=texts("cli.report.md"))
    form.add_argument("--pdf", action="store_true", help=texts("cli.report.pdf"))
    report.add_argument("--output", metavar=texts("cli.metavar.file"), help=texts("cli.report.output"))


def _add_exports(builder: "_Builder", commands: "Commands") -> None:
    texts = builder.texts
    exports = builder.command(commands, "export", texts("cli.export.help"), texts("cli.metavar.kind"))
    kinds = builder.commands(exports, "kind", texts("cli.metavar.kind"))
    request = texts("cli.metavar.request")
    shortlist = builder.command(kinds, "shortlist", texts("cli.export.shortlist"), request)
    shortlist.add_argument("request", metavar=request, nargs="+", help=texts("cli.export.request"))
    formats = ("xlsx", "csv", "pdf")
    shortlist.add_argument("--format", choices=formats, default="xlsx", help=texts("cli.export.format"))
    shortlist.add_argument("--to", metavar=texts("cli.metavar.folder"), help=texts("cli.export.to"))
    words = texts("cli.metavar.words")
    shortlist.add_argument("--recipient", metavar=words, default="", help=texts("cli.export.recipient"))
    shortlist.add_argument("--purpose", metavar=words, default="", help=texts("cli.export.purpose"))
    builder.command(kinds, "list", texts("cli.export.list"))


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


class _Builder:
    """Makes parsers that all know the options of the whole program."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._formatter = _Speech(texts).formatter()

    def parser(self) -> _Parser:
        """The parser of the program itself."""
        parser = _Parser(
            prog="ehvdz",
            usage=f"ehvdz [{self.texts('cli.metavar.options')}] [{self.texts('cli.metavar.command')}]",
            description=self.texts("cli.description"),
            epilog=self.texts("cli.epilog"),
            **self._manners(),
        )
        return self._with_options(parser)

    def commands(self, parser: _Parser, dest: str, metavar: str) -> Commands:
        """A place for commands within a command; only the program itself does something without one."""
        return parser.add_subparsers(
            prog=parser.prog,
            dest=dest,
            required=dest != "command",
            title=self.texts("cli.commands"),
            metavar=metavar,
            parser_class=_Parser,
        )

    def command(self, commands: Commands, name: str, help_text: str, wants: str = "") -> _Parser:
        """The parser of a command, which takes the options of the whole program as well."""
        usage = f"%(prog)s [{self.texts('cli.metavar.options')}] {wants}".rstrip()
        parser = commands.add_parser(
            name, help=help_text, description=help_text, usage=usage, **self._manners()
        )
        parser._positionals.title = self.texts("cli.arguments")
        parser._optionals.title = self.texts("cli.command_options")
        return self._with_options(parser)

    def _manners(self) -> dict[str, Any]:
        return {
            "formatter_class": self._formatter,
            "add_help": False,
            "allow_abbrev": False,
            "exit_on_error": False,
        }

    def _with_options(self, parser: _Parser) -> _Parser:
        texts = self.texts
        group = parser.add_argument_group(texts("cli.options"))
        add: Callable[..., argparse.Action] = group.add_argument
        absent = argparse.SUPPRESS
        add(
            "--database",
            metavar=texts("cli.metavar.database"),
            default=absent,
            help=texts("cli.option.database"),
        )
        add(
            "--as",
            dest="name",
            metavar=texts("cli.metavar.name"),
            default=absent,
            help=texts("cli.option.as"),
        )
        add("--role", metavar="caller|recruiter|supervisor", default=absent, help=texts("cli.option.role"))
        add("--lang", metavar="nl|en", default=absent, help=texts("cli.option.lang"))
        add("--theme", metavar=texts("cli.metavar.theme"), default=absent, help=texts("cli.option.theme"))
        add("--now", metavar="2020-05-07T10:00", default=absent, help=texts("cli.option.now"))
        add("--create", action="store_true", default=absent, help=texts("cli.option.create"))
        add("--version", action="store_true", default=absent, help=texts("cli.option.version"))
        add("-h", "--help", action="help", default=absent, help=texts("cli.option.help"))
        return parser
