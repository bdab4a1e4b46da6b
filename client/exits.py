"""How the client ends: the exit codes scripts rely on, and the error that carries one."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """Exit codes of every command; they are part of the interface and never change meaning."""

    DONE = 0
    TROUBLE = 1
    """This machine failed: a full disk, a folder that cannot be written."""
    USAGE = 2
    NOT_ALLOWED = 3
    """The server wants another key, or the share belongs to somebody else."""
    NETWORK = 4
    """The server cannot be reached, or failed."""
    PRIVACY = 5
    """Nothing was shared, to protect somebody: findings, `share = false`, not confirmed."""
    NO_SESSION = 6
    """The input is not a session, is damaged, or was not found."""
    INTERRUPTED = 130


class Failure(Exception):
    """The command cannot go on. `message` says what happened, `todo` what to do about it."""

    def __init__(self, status: ExitStatus, message: str, todo: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.todo = todo
