"""`ccshare redact`: what `upload` would send, in a file, to look at or to send another way."""

import argparse
import gzip
import io
import shutil
from pathlib import Path
from typing import BinaryIO, cast

from .environment import Environment
from .exits import ExitStatus, Failure
from .files import replacing
from .find import session
from .policy import policy
from .prepare import Prepared, Wishes, prepared
from .preview import renderer
from .preview import show as show_preview
from .project import rules
from .report import show


def command(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Write the shared document of one session, or show it as a page."""
    if options.preview:
        renderer()
    found = session(environment, options.session)
    wishes = Wishes(options.title, None, policy(environment, options))
    with prepared(environment, found, wishes, quiet=options.quiet) as document:
        if not options.quiet:
            show(environment, document)
        warn(environment, document)
        if options.preview:
            environment.answer(
                str(show_preview(environment, document, open_it=not options.no_open))
            )
            if options.output in (None, "-"):
                return ExitStatus.DONE
        if options.output is None or options.output == "-":
            write_plain(document, standard_output(environment))
            return ExitStatus.DONE
        path = environment.folder / Path(options.output).expanduser()
        write_file(document, path)
    if not options.quiet:
        environment.say(f"Written to {path}. Nothing was sent.")
    return ExitStatus.DONE


def warn(environment: Environment, document: Prepared) -> None:
    """A file that stays here may be written whatever the project says, but not unawares."""
    try:
        rules(document.folders).enforce()
    except Failure as failure:
        environment.say(f"Note: {failure.message} `ccshare upload` would refuse.")


def standard_output(environment: Environment) -> BinaryIO:
    """Where bytes of a result go."""
    return environment.binary_stdout or cast(BinaryIO, environment.stdout)


def write_file(document: Prepared, path: Path) -> None:
    """Write the file, whole or not at all, for this user alone; `.gz` is compressed."""
    try:
        with replacing(path) as out:
            if path.suffix == ".gz":
                out.write(document.head.getvalue())
                shutil.copyfileobj(document.body, out, 1 << 20)
            else:
                write_plain(document, out)
    except OSError as problem:
        raise Failure(
            ExitStatus.USAGE, f"{path} cannot be written: {problem.strerror}.", ""
        ) from problem


def write_plain(document: Prepared, out: BinaryIO) -> None:
    """Write the document as plain NDJSON."""
    for packed in (io.BytesIO(document.head.getvalue()), document.body):
        with gzip.GzipFile(fileobj=packed, mode="rb") as plain:
            shutil.copyfileobj(plain, out, 1 << 20)
    out.flush()
