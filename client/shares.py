"""Commands on what is shared already: `list`, `status`, `open`, `unshare`, `extend`."""

import argparse
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from .config import Access, Receipts, access, read_settings
from .environment import Environment
from .exits import ExitStatus, Failure
from .send import Server
from .wording import columns, count, moment, one_line

ID = re.compile(r"[0-9A-Za-z]{12}")
LINK = re.compile(r"/s/([0-9A-Za-z]{12})(?:[./].*)?")

Step = Callable[[Server, str], Any]


def show_all(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Print the owner's shares, as the server knows them."""
    target = access(environment, options.server)
    with Server(target, environment, quiet=options.quiet) as server:
        rows = list(server.sessions())
    if options.json:
        environment.answer(json.dumps(rows, ensure_ascii=False))
    elif rows:
        for line in columns([table_row(row) for row in rows]):
            environment.answer(line)
    if not rows and not options.quiet:
        environment.say(f"You have shared nothing on {target.server}.")
    return ExitStatus.DONE


def table_row(row: dict[str, Any]) -> tuple[str, ...]:
    """Link, messages, day of the upload, day of the end, title."""
    found = row.get("facts")
    messages = found.get("messages") if isinstance(found, dict) else row.get("message_count")
    expires = row.get("expires_at")
    return (
        one_line(str(row.get("url") or row.get("id") or "?"), 200),
        count(messages, "message") if isinstance(messages, int) else "",
        one_line(str(row.get("updated_at") or row.get("created_at") or ""))[:10],
        f"until {one_line(str(expires))[:10]}" if expires else "for ever",
        one_line(str(row.get("title") or ""), 60),
    )


def status(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Print what the server knows of each share."""

    def step(server: Server, share: str) -> None:
        known = server.share(share)
        if options.json:
            environment.answer(json.dumps(known, ensure_ascii=False))
            return
        rows = [
            (name, one_line(str(value), 100))
            for name, value in known.items()
            if isinstance(value, (str, int, float)) and not isinstance(value, bool)
        ]
        for line in columns(rows) if rows else ():
            environment.answer(line)

    return each(environment, options, step)


def browse(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Open each share in the browser."""
    for wanted in options.shares:
        target, share = resolve(environment, options.server, wanted)
        environment.open_url(wanted if "://" in wanted else f"{target.server}/s/{share}")
    return ExitStatus.DONE


def unshare(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Take each share back and forget its receipt."""

    def step(server: Server, share: str) -> None:
        now = server.remove(share)
        Receipts(environment).remove(server.url, share)
        text = f"{share} is no longer shared." if now else f"{share} was not shared any more."
        report(environment, options, share, "unshared", text)

    return each(environment, options, step)


def extend(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Give each share a new expiry, counted from now."""

    def step(server: Server, share: str) -> None:
        changed = server.change(share, {"expires_in": options.expires})
        until = moment(changed.get("expires_at"))
        text = f"{share} works until {until}." if until else f"{share} works until you unshare it."
        report(environment, options, share, "extended", text)

    return each(environment, options, step)


def report(
    environment: Environment, options: argparse.Namespace, share: str, done: str, text: str
) -> None:
    """What was done: for a script on stdout, for a person on stderr."""
    if options.json:
        environment.answer(json.dumps({"id": share, done: True}))
    elif not options.quiet:
        environment.say(text)


def each(environment: Environment, options: argparse.Namespace, step: Step) -> ExitStatus:
    """Do the step for every share named; one failure does not stop the others."""
    # All are understood before the first is touched.
    wanted = [resolve(environment, options.server, text) for text in options.shares]
    worst = ExitStatus.DONE
    for target, share in wanted:
        try:
            with Server(target, environment, quiet=options.quiet) as server:
                step(server, share)
        except Failure as failure:
            environment.say(f"ccshare: {share}: {failure.message}")
            if failure.todo:
                environment.say(failure.todo)
            worst = worst or failure.status
    return worst


def resolve(environment: Environment, flag: str | None, text: str) -> tuple[Access, str]:
    """The server and the id that an id or a link stands for. Failure (usage) if none."""
    usual = access(environment, flag)
    if ID.fullmatch(text):
        receipt = None if flag else Receipts(environment).find(text)
        return (access(environment, receipt.server) if receipt else usual), text
    parts = urlsplit(text)
    match = LINK.search(parts.path)
    if not match:
        raise Failure(
            ExitStatus.USAGE,
            f"{one_line(text)} is neither a share's id nor its link.",
            "`ccshare list` shows yours.",
        )
    return owner_of_link(environment, usual, flag, parts.scheme, parts.netloc, match[1]), match[1]


def owner_of_link(
    environment: Environment, usual: Access, flag: str | None, scheme: str, host: str, share: str
) -> Access:
    """The server to ask about a link: never send a key to a host just because a link names it."""
    origin = f"{scheme}://{host.lower()}"
    receipt = Receipts(environment).find(share)
    if flag or not host or usual.server == origin:
        return usual
    if receipt and receipt.url.startswith(f"{origin}/"):
        return access(environment, receipt.server)
    saved = read_settings(environment).keys.get(origin)
    if saved:
        return Access(origin, saved)
    raise Failure(
        ExitStatus.USAGE,
        f"The link leads to {one_line(origin)}, but your server is {usual.server}.",
        "If your key is for both, name the server: --server URL.",
    )
