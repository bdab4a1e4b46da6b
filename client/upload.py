"""`ccshare upload`: find, redact, show, ask, send, and print the link."""

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

from .config import Access, Receipt, Receipts, access
from .environment import Environment
from .exits import ExitStatus, Failure
from .find import session
from .policy import policy
from .prepare import Prepared, Wishes, prepared
from .preview import renderer, shown
from .preview import show as show_preview
from .progress import Advance, bar
from .project import rules
from .report import as_json, show
from .view import view
from .wording import moment, one_line


def command(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Share one session."""
    if options.preview:
        renderer()
    target = access(environment, options.server)
    if not options.dry_run:
        target.need_key()
    found = session(environment, options.session)
    if not options.quiet:
        environment.say(f"Session: {found.name}{found.why and f' ({found.why})'}")
    wishes = Wishes(options.title, options.expires, policy(environment, options))
    with prepared(environment, found, wishes, quiet=options.quiet) as document:
        allowed = rules(document.folders)
        if not options.quiet:
            show(environment, document)
            for note in allowed.notes:
                environment.say(f"Note: {note}.")
        allowed.enforce()
        if options.dry_run:
            return pretend(environment, options, document)
        with preview(environment, options, document):
            confirm(environment, options, target, document)
        share = send(environment, options, target, document)
    finish(environment, options, share, target, document)
    return ExitStatus.DONE


def preview(
    environment: Environment, options: argparse.Namespace, document: Prepared
) -> AbstractContextManager[object]:
    """The preview, if it is wished: gone after the question, kept if there is none."""
    if not options.preview:
        return nullcontext()
    if environment.can_ask and not options.yes:
        return shown(environment, document, open_it=not options.no_open)
    return nullcontext(show_preview(environment, document, open_it=not options.no_open))


def pretend(
    environment: Environment, options: argparse.Namespace, document: Prepared
) -> ExitStatus:
    """The end of a dry run."""
    if options.preview:
        show_preview(environment, document, open_it=not options.no_open)
    if not options.quiet:
        environment.say("Dry run: nothing was sent. `ccshare redact` writes the exact document.")
    if options.json:
        environment.answer(json.dumps(as_json(document), ensure_ascii=False))
    return ExitStatus.DONE


def confirm(
    environment: Environment, options: argparse.Namespace, target: Access, document: Prepared
) -> None:
    """Go on only with a person's yes, or with --yes. Failure (privacy) else."""
    if options.yes:
        return
    if not environment.can_ask:
        raise Failure(
            ExitStatus.PRIVACY,
            "Nothing was sent: there is no terminal to ask on.",
            "If what is shown above may be shared, run it again with --yes.",
        )
    question = (
        f"Share this with whoever has the link, on {target.server}? v shows each finding. [y/N]"
    )
    answer = environment.ask(question).lower()
    while answer in ("v", "view"):
        view(environment, document)
        answer = environment.ask(question).lower()
    if answer not in ("y", "yes"):
        raise Failure(ExitStatus.PRIVACY, "Nothing was sent.")


def send(
    environment: Environment, options: argparse.Namespace, target: Access, document: Prepared
) -> dict[str, Any]:
    """Send the document with a progress bar, a new one for each try."""
    from .send import Server  # a dry run does without HTTP, which takes long to import

    with ExitStack() as bars, Server(target, environment, quiet=options.quiet) as server:

        def fresh() -> Advance:
            bars.close()
            advance = bars.enter_context(
                bar(environment, "Sending", document.packed_size, shown=not options.quiet)
            )
            return until_sent(advance, document.packed_size, sent)

        def sent() -> None:
            bars.close()
            if environment.stderr_is_terminal and not options.quiet:
                environment.say(f"Sent. {target.server} is checking it …")

        return guarded(
            lambda: server.upload([document.head, document.body], document.packed_size, fresh)
        )


def until_sent(advance: Advance, total: int, sent: Callable[[], None]) -> Advance:
    """The progress callback that also tells when the last byte is on its way."""
    done = 0

    def counting(size: int) -> None:
        nonlocal done
        done += size
        advance(size)
        if done >= total:
            sent()

    return counting


def guarded(step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The step; if it is interrupted, say that its outcome is not known."""
    try:
        return step()
    except KeyboardInterrupt:
        raise Failure(
            ExitStatus.INTERRUPTED,
            "stopped while sending.",
            "It was probably not shared; `ccshare list` tells.",
        ) from None


def finish(
    environment: Environment,
    options: argparse.Namespace,
    share: dict[str, Any],
    target: Access,
    document: Prepared,
) -> None:
    """Keep a receipt, print the link, open it if wished."""
    remember(environment, share, target, document)
    if not options.quiet:
        environment.say(outcome(share))
    if options.json:
        environment.answer(json.dumps({**share, **as_json(document)}, ensure_ascii=False))
    else:
        environment.answer(share["url"])
    if options.web:
        environment.open_url(share["url"])


def outcome(share: dict[str, Any]) -> str:
    """What has become of the upload, and what can still be done."""
    again = isinstance(share.get("revision"), int) and share["revision"] > 1
    what = "Updated, the link is the same as before." if again else "Shared."
    until = moment(share.get("expires_at"))
    how_long = f"works until {until}" if until else "does not expire"
    back = f"to take it back: ccshare unshare {one_line(share['id'])}"
    return (
        f"{what} The link {how_long}; {back}\n"
        "Found something that should not be there? `ccshare upload` again replaces what it shows."
    )


def remember(
    environment: Environment, share: dict[str, Any], target: Access, document: Prepared
) -> None:
    """Keep the receipt. The share is there already: a full disk must not hide its link."""
    expires = share.get("expires_at")
    receipt = Receipt(
        id=share["id"],
        url=share["url"],
        server=target.server,
        session_id=document.header.session_id,
        title=document.header.title,
        shared_at=environment.now().isoformat(timespec="seconds"),
        expires_at=expires if isinstance(expires, str) else None,
    )
    try:
        Receipts(environment).add(receipt)
    except OSError as problem:
        environment.say(f"Note: the receipt could not be saved ({problem.strerror}).")
