"""`ccshare-server`: serve, and look after keys and shares from the shell."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from . import keys
from .settings import SETTINGS, SettingError, Settings
from .storage import database, shares, writer

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. 2 = wrong usage or setting, 1 = it did not work."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.load()
        if options.command is not serve:
            database.open_database(settings)
        return options.command(options)
    except (SettingError, keys.KeyNameError) as error:
        print(f"ccshare-server: {error}", file=sys.stderr)
        return 2
    finally:
        database.close_database()


def serve(options: argparse.Namespace) -> int:
    """Become gunicorn."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:ccshare.app.gunicorn_conf"]
    if options.reload:
        command.append("--reload")
    if options.bind:
        command += ["--bind", options.bind]
    command.append("ccshare.app.wsgi:app")
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - no shell, nothing of a user's in it


def key_create(options: argparse.Namespace) -> int:
    """Print a new key, alone on stdout."""
    print(keys.create(options.name))
    print("It is shown this once; give it to `ccshare login`.", file=sys.stderr)
    return 0


def key_list(_options: argparse.Namespace) -> int:
    """Print owner, first characters, made, last used, revoked."""
    for row in keys.listed():
        state = f"revoked {_day(row.revoked_at)}" if row.revoked_at else "valid"
        used = f"used {_day(row.last_used_at)}" if row.last_used_at else "never used"
        print(row.owner, f"{keys.PREFIX}{row.prefix}…", _day(row.created_at), used, state, sep="\t")
    return 0


def key_revoke(options: argparse.Namespace) -> int:
    """Revoke the keys of an owner; the shares stay."""
    name = options.name
    if name.startswith(keys.PREFIX):  # a key, or as much of it as `key list` shows
        name = name.removeprefix(keys.PREFIX)[:8]
    number = keys.revoke(name)
    print(f"{number} revoked", file=sys.stderr)
    return 0 if number else 1


def prune(_options: argparse.Namespace) -> int:
    """Delete expired shares."""
    print(f"{writer.prune()} expired shares deleted", file=sys.stderr)
    return 0


def migrate(_options: argparse.Namespace) -> int:
    """Bring the database up to date; opening it did that already."""
    for name in database.migrate():
        print(name)
    print("The database is up to date.", file=sys.stderr)
    return 0


def sessions_list(_options: argparse.Namespace) -> int:
    """Print id, owner, expiry, messages and title of every share."""
    for share_id, owner, title, expires_at, messages in shares.everything():
        until = _day(expires_at) if expires_at else "never"
        # Titles come from sessions: nothing in them may move the cursor of this terminal.
        plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in title)
        print(share_id, owner, until, messages, plain, sep="\t")
    return 0


def sessions_remove(options: argparse.Namespace) -> int:
    """Take a share down, by id or link."""
    share_id = options.share.rstrip("/").rpartition("/")[2][:12]
    found = shares.alive(share_id)
    if found is None:
        print("ccshare-server: there is no such share", file=sys.stderr)
        return 1
    writer.remove(found.pk, share_id)
    print("removed", file=sys.stderr)
    return 0


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ccshare-server",
        description="The ccshare server.",
        epilog="Environment: " + ", ".join(row.name for row in SETTINGS),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    key = commands.add_parser("key", help="make, list and revoke API keys")
    key_commands = key.add_subparsers(required=True, metavar="ACTION")
    _add(key_commands, "create", key_create, "make a key and print it", "name")
    _add(key_commands, "list", key_list, "list all keys")
    _add(key_commands, "revoke", key_revoke, "revoke an owner's keys, or one by its start", "name")
    _add(commands, "prune", prune, "delete expired shares")
    _add(commands, "migrate", migrate, "bring the database up to date")
    sessions = commands.add_parser("sessions", help="list shares and take them down")
    session_commands = sessions.add_subparsers(required=True, metavar="ACTION")
    _add(session_commands, "list", sessions_list, "list all shares")
    _add(session_commands, "remove", sessions_remove, "take a share down", "share")
    return parser


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("serve", help="run the server")
    command.add_argument("--bind", metavar="ADDRESS", help="host:port; default 0.0.0.0:$PORT")
    command.add_argument("--reload", action="store_true", help="start again when a file changes")
    command.set_defaults(command=serve)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Command,
    text: str,
    *positional: str,
) -> None:
    command = commands.add_parser(name, help=text, description=text)
    for argument in positional:
        command.add_argument(argument, metavar=argument.upper())
    command.set_defaults(command=run)


if __name__ == "__main__":
    sys.exit(main())
