"""The command line: its words, and how it ends. What each command does is in its own module."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TypeAlias

from .environment import Environment, real
from .exits import ExitStatus, Failure

Command = Callable[[Environment, argparse.Namespace], ExitStatus]

EXPIRES = re.compile(r"never|[1-9][0-9]{0,4}[hdw]")
EPILOG = """\
exit codes: 0 done, 1 this machine failed, 2 usage, 3 not allowed (key), 4 network or server,
5 nothing was shared for privacy's sake, 6 no session or a damaged one
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. `argv` is without the program's name."""
    return run(sys.argv[1:] if argv is None else argv, real())


def run(argv: Sequence[str], environment: Environment) -> int:
    """Run one command in the given environment; returns the exit code."""
    try:
        options = parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said why
        return stop.code if isinstance(stop.code, int) else ExitStatus.USAGE
    command: Command = options.command
    try:
        return command(environment, options)
    except Failure as failure:
        environment.say(f"ccshare: {failure.message}")
        if failure.todo:
            environment.say(failure.todo)
        return failure.status
    except KeyboardInterrupt:
        environment.say("\nccshare: stopped.")
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output went away, as `head` does; the interpreter must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.DONE
    except OSError as problem:
        what = f": {problem.filename}" if problem.filename else ""
        environment.say(f"ccshare: {problem.strerror or problem}{what}")
        return ExitStatus.TROUBLE


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="ccshare",
        description="Share a Claude Code session by an unlisted link, without its secrets.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=ShowVersion)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_upload(commands)
    add_redact(commands)
    add_scan(commands)
    add_shares(commands)
    add_clone(commands)
    add_login(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class ShowVersion(argparse.Action):
    """Prints the version; asks for it only then."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print and end."""
        from importlib import metadata

        print(f"ccshare {metadata.version('ccshare')}")
        parser.exit()


def lazily(module: str, function: str = "command") -> Command:
    """A command that is only imported when it runs: HTTP alone takes a tenth of a second."""

    def run(environment: Environment, options: argparse.Namespace) -> ExitStatus:
        return getattr(import_module(f".{module}", __package__), function)(environment, options)

    return run


def add(commands: Commands, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    """One more command, with what all of them understand."""
    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    command.set_defaults(command=run)
    command.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    command.add_argument("--yes", "-y", action="store_true", help="do not ask")
    return command


def add_server(command: argparse.ArgumentParser) -> None:
    """The flag of every command that talks to a server."""
    command.add_argument(
        "--server",
        metavar="URL",
        help="the server (else SHARE_SERVER_URL, else what `ccshare login` saved)",
    )


SESSION_HELP = "a session file, a session id, or - for standard input"


def add_redaction(command: argparse.ArgumentParser) -> None:
    """The flags that say what goes and what stays."""
    command.add_argument(
        "--allow",
        metavar="RULE|HASH",
        action="append",
        default=[],
        help="let findings of a rule, or a value with this SHA-256, stay (repeatable)",
    )
    command.add_argument(
        "--redact",
        metavar="REGEX",
        action="append",
        default=[],
        help="take out what this matches too (repeatable)",
    )
    command.add_argument(
        "--keep-personal",
        metavar="CLASS",
        action="append",
        default=[],
        help="leave a class of personal data: card-number, email, hostname, ip-address, path, "
        "person, username (repeatable)",
    )


def add_preview(command: argparse.ArgumentParser) -> None:
    """The flags of a look at the page before anything is sent."""
    command.add_argument(
        "--preview",
        action="store_true",
        help="show what would be shared as a page in the browser (extra `html`)",
    )
    command.add_argument(
        "--no-open", action="store_true", help="with --preview: only say where the page is"
    )


def add_upload(commands: Commands) -> None:
    command = add(commands, "upload", lazily("upload"), "share a session and print its link")
    command.add_argument(
        "session",
        nargs="?",
        help=SESSION_HELP + " (default: the session this runs in, else the newest of this folder)",
    )
    command.add_argument("--title", help="the title readers see (default: the session's own)")
    command.add_argument(
        "--expires",
        type=expiry,
        metavar="TIME",
        help="how long the link works: 30d, 12h, never (default: the server's)",
    )
    add_redaction(command)
    add_preview(command)
    command.add_argument("--dry-run", action="store_true", help="show what would be sent, no more")
    command.add_argument("--web", action="store_true", help="open the link in the browser")
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    add_server(command)


def add_redact(commands: Commands) -> None:
    command = add(
        commands, "redact", lazily("redact"), "write what `upload` would send, without sending it"
    )
    command.add_argument("session", help=SESSION_HELP)
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the file to write; one that ends in .gz is compressed (default: standard output)",
    )
    command.add_argument("--title", help="the title readers see (default: the session's own)")
    add_redaction(command)
    add_preview(command)


def add_scan(commands: Commands) -> None:
    command = add(commands, "scan", lazily("scan"), "look for secrets in sessions; exit 5 if any")
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: all your sessions)"
    )
    command.add_argument("-v", "--verbose", action="store_true", help="show the places too")
    command.add_argument("--json", action="store_true", help="print each result as JSON")
    add_redaction(command)


def add_shares(commands: Commands) -> None:
    command = add(commands, "list", lazily("shares", "show_all"), "list what you have shared")
    command.add_argument("--json", action="store_true", help="print the list as JSON")
    add_server(command)
    for name, run, text in (
        ("status", lazily("shares", "status"), "show what the server knows of a share"),
        ("open", lazily("shares", "browse"), "open a share in the browser"),
        (
            "unshare",
            lazily("shares", "unshare"),
            "take shares back: their links stop working at once",
        ),
        ("extend", lazily("shares", "extend"), "let a share's link work for longer"),
    ):
        command = add(commands, name, run, text)
        command.add_argument("shares", nargs="+", metavar="ID|URL", help="the share, or its link")
        command.add_argument("--json", action="store_true", help="print the result as JSON")
        add_server(command)
        if name == "extend":
            command.add_argument(
                "--expires",
                type=expiry,
                metavar="TIME",
                required=True,
                help="how long from now: 30d, 12h, never",
            )


def add_clone(commands: Commands) -> None:
    command = add(
        commands, "clone", lazily("clone"), "make a shared session your own, to go on with it"
    )
    command.add_argument("share", metavar="URL|ID", help="the link of the share, or its id")
    command.add_argument(
        "--project",
        metavar="DIR",
        help="the project to continue in (default: the current folder)",
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    add_server(command)


def add_login(commands: Commands) -> None:
    command = add(commands, "login", lazily("login"), "save a server and your key for it")
    add_server(command)


def expiry(text: str) -> str:
    """`30d`, `12h`, `never`: how long a link works."""
    if not EXPIRES.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 30d, 12h or never")
    return text
