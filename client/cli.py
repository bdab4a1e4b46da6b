"""The command line: its words, and how it ends. What each command does is in its own module."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import TypeAlias

from . import login, redact, shares, upload
from .environment import Environment, real
from .exits import ExitStatus, Failure
from .prepare import EXPIRES

Command = Callable[[Environment, argparse.Namespace], ExitStatus]

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
    top.add_argument("--version", action="version", version=f"ccshare {version('ccshare')}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_upload(commands)
    add_redact(commands)
    add_shares(commands)
    add_login(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


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


def add_upload(commands: Commands) -> None:
    command = add(commands, "upload", upload.command, "share a session and print its link")
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
    command.add_argument("--dry-run", action="store_true", help="show what would be sent, no more")
    command.add_argument("--web", action="store_true", help="open the link in the browser")
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    add_server(command)


def add_redact(commands: Commands) -> None:
    command = add(
        commands, "redact", redact.command, "write what `upload` would send, without sending it"
    )
    command.add_argument("session", help=SESSION_HELP)
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the file to write; one that ends in .gz is compressed (default: standard output)",
    )
    command.add_argument("--title", help="the title readers see (default: the session's own)")


def add_shares(commands: Commands) -> None:
    command = add(commands, "list", shares.show_all, "list what you have shared")
    command.add_argument("--json", action="store_true", help="print the list as JSON")
    add_server(command)
    for name, run, text in (
        ("status", shares.status, "show what the server knows of a share"),
        ("open", shares.browse, "open a share in the browser"),
        ("unshare", shares.unshare, "take shares back: their links stop working at once"),
        ("extend", shares.extend, "let a share's link work for longer"),
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


def add_login(commands: Commands) -> None:
    command = add(commands, "login", login.command, "save a server and your key for it")
    add_server(command)


def expiry(text: str) -> str:
    """`30d`, `12h`, `never`: how long a link works."""
    if not EXPIRES.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 30d, 12h or never")
    return text
