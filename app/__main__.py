"""`ccshare-server`: serve, and look after keys and shares from the shell."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import peewee
from gunicorn.app.wsgiapp import WSGIApplication

from . import expiry, keys
from .backup import BackupError, backup
from .ids import share_id_in
from .settings import SETTINGS, SettingError, Settings
from .storage import copying, database, shares, writer
from .storage.reclaim import reclaim

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. 2 = wrong usage or setting, 1 = it did not work."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.load()
        # A backup is of the file as it is: before an update above all, which would change it.
        if options.command not in (serve, copy, make_backup):
            database.open_database(settings)
        return options.command(options)
    except (SettingError, keys.KeyNameError) as error:
        print(f"ccshare-server: {error}", file=sys.stderr)
        return 2
    except (copying.CopyError, BackupError) as error:
        print(f"ccshare-server: {error}", file=sys.stderr)
        return 1
    except peewee.DatabaseError as error:
        # No statement and no row is in it, unlike in the traceback.
        what = str(error).partition("\n")[0]
        print(f"ccshare-server: the database failed: {what}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `... | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        database.close_database()


class _Gunicorn(WSGIApplication):
    """gunicorn with arguments of ours, in this process: a second one would import it all again."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = arguments
        super().__init__(prog="ccshare-server serve")

    def load_config(self) -> None:
        """Read our arguments; again on HUP. USR2 starts anew with what was typed."""
        typed, sys.argv = sys.argv, [sys.argv[0], *self._arguments]
        try:
            super().load_config()
        finally:
            sys.argv = typed


def serve(options: argparse.Namespace) -> int:
    """Become gunicorn."""
    arguments = ["-c", "python:ccshare.app.gunicorn_conf"]
    if options.reload:
        arguments.append("--reload")
    if options.bind:
        arguments += ["--bind", options.bind]
    _Gunicorn([*arguments, "ccshare.app.wsgi:app"]).run()
    return 0


def key_create(options: argparse.Namespace) -> int:
    """Print a new key, alone on stdout."""
    print(keys.create(options.name))
    print("It is shown this once; give it to `ccshare login`.", file=sys.stderr)
    return 0


def key_list(_options: argparse.Namespace) -> int:
    """Print owner, first characters, made, last used, revoked."""
    for row in keys.listed():
        state = "valid"
        if row.revoked_at:
            ahead = row.revoked_at > time.time()
            state = f"{'valid until' if ahead else 'revoked'} {_day(row.revoked_at)}"
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


def key_rotate(options: argparse.Namespace) -> int:
    """Print a new key; the owner's old ones work for `--grace` more."""
    try:
        grace = 0 if options.grace == "0" else expiry.lifetime(options.grace)
    except ValueError:
        grace = -1
    if grace < 0 or (options.grace != "0" and not grace):
        print("ccshare-server: --grace is like 24h or 7d, or 0", file=sys.stderr)
        return 2
    number = keys.active(options.name)
    if not number:
        print(f"ccshare-server: {options.name} has no valid key; use `key create`", file=sys.stderr)
        return 1
    print(keys.rotate(options.name, grace))
    until = f"work until {_moment(int(time.time()) + grace)}" if grace else "are revoked"
    print(f"Older keys ({number}) {until}. The new one is shown this once.", file=sys.stderr)
    return 0


def prune(_options: argparse.Namespace) -> int:
    """Delete expired shares, and shrink the file by what is free in it."""
    print(f"{writer.prune()} expired shares deleted", file=sys.stderr)
    reclaim(writer.PAUSE)
    return 0


def make_backup(options: argparse.Namespace) -> int:
    """Copy the SQLite file while the server works."""
    settings = Settings.load()
    if settings.database_url:
        print(
            "ccshare-server: backup copies SQLite only. The shares are in PostgreSQL "
            "(DATABASE_URL): back them up with pg_dump, restore with pg_restore.",
            file=sys.stderr,
        )
        return 2
    number, size = backup(settings.database_path, options.path)
    print(options.path)
    print(f"{number} shares, {size / (1 << 20):.1f} MB, checked", file=sys.stderr)
    return 0


def migrate(_options: argparse.Namespace) -> int:
    """Bring the database up to date; opening it did that already."""
    for name in database.migrate():
        print(name)
    print("The database is up to date.", file=sys.stderr)
    return 0


def copy(options: argparse.Namespace) -> int:
    """Copy one database into another, empty one, and say what was compared."""
    for table in copying.copy(options.source, options.target):
        print(table.table, table.rows, table.digest, sep="\t")
    print("Copied; both databases hold the same rows.", file=sys.stderr)
    return 0


def sessions_list(options: argparse.Namespace) -> int:
    """Print id, owner, expiry, messages, stored bytes and title of shares, newest first."""
    for share in shares.everything(options.owner, options.limit):
        if options.json:
            row = share._asdict() | {"expires_at": _moment(share.expires_at)}
            print(json.dumps(row, ensure_ascii=True))
            continue
        until = _day(share.expires_at) if share.expires_at else "never"
        # Titles come from sessions: nothing in them may move the cursor of this terminal.
        title = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in share.title)
        print(share.id, share.owner, until, share.messages, share.stored_bytes, title, sep="\t")
    return 0


def sessions_remove(options: argparse.Namespace) -> int:
    """Take shares down, by id or link; 1 if one of them was not there."""
    missing = 0
    for text in options.share:
        share_id = share_id_in(text)
        if share_id is None:
            print(
                f"ccshare-server: {text[:200]!r} is no link and no id of a share", file=sys.stderr
            )
            return 2
        if writer.take_down(share_id):
            print(f"removed {share_id}: its link answers 410 from now on", file=sys.stderr)
            continue
        missing += 1
        known = "is gone already" if shares.is_gone(share_id) else "was never here"
        print(f"ccshare-server: {share_id} {known}", file=sys.stderr)
    return 1 if missing else 0


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


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
    rotate = _add(key_commands, "rotate", key_rotate, "make a new key, end the old", "name")
    rotate.add_argument("--grace", default="24h", help="how long the old ones still work (24h)")
    _add(key_commands, "revoke", key_revoke, "revoke an owner's keys, or one by its start", "name")
    _add(commands, "prune", prune, "delete expired shares")
    _add(commands, "migrate", migrate, "bring the database up to date")
    _add_copy(commands)
    sessions = commands.add_parser("sessions", help="list shares and take them down")
    session_commands = sessions.add_subparsers(required=True, metavar="ACTION")
    listing = _add(session_commands, "list", sessions_list, "list shares, newest first")
    listing.add_argument("--owner", metavar="NAME", help="of this owner only")
    listing.add_argument("--limit", metavar="N", type=_positive, help="at most N; default: all")
    listing.add_argument("--json", action="store_true", help="a JSON object per line")
    removal = _add(session_commands, "remove", sessions_remove, "take shares down for good")
    removal.add_argument("share", metavar="LINK", nargs="+", help="a link or id")
    copy = _add(commands, "backup", make_backup, "copy the SQLite file while the server works")
    copy.add_argument("path", metavar="PATH", type=Path, help="a new file")
    return parser


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text[:12]):
        raise argparse.ArgumentTypeError("a whole number from 1 is needed")
    return int(text[:12])


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("serve", help="run the server")
    command.add_argument("--bind", metavar="ADDRESS", help="host:port; default 0.0.0.0:$PORT")
    command.add_argument("--reload", action="store_true", help="start again when a file changes")
    command.set_defaults(command=serve)


def _add_copy(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    text = "copy everything into another, empty database: a file's path or a postgresql:// address"
    command = commands.add_parser("copy", help=text, description=text)
    command.add_argument("--from", dest="source", required=True, metavar="DATABASE")
    command.add_argument("--to", dest="target", required=True, metavar="DATABASE")
    command.set_defaults(command=copy)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Command,
    text: str,
    *positional: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    for argument in positional:
        command.add_argument(argument, metavar=argument.upper())
    command.set_defaults(command=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
