"""`ccshare login`: which server, and which key for it; checked before it is saved."""

import argparse

from .config import Access, access, read_settings, server_url, write_settings
from .environment import Environment
from .exits import ExitStatus, Failure
from .send import Server

LONGEST_KEY = 512


def command(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Ask for server and key, or take them from --server and standard input."""
    server = choose_server(environment, options.server)
    key = read_key(environment, server)
    if not key:
        raise Failure(
            ExitStatus.NOT_ALLOWED,
            "No key was given.",
            "Whoever runs the server makes one with `ccshare-server key create NAME`.",
        )
    with Server(Access(server, key), environment, quiet=options.quiet) as checked:
        checked.check_key()
    settings = read_settings(environment)
    settings.server = server
    settings.keys[server] = key
    path = write_settings(environment, settings)
    if not options.quiet:
        environment.say(f"The key works. Saved in {path}; `ccshare upload` now uses {server}.")
        warn_of_others(environment, server)
    return ExitStatus.DONE


def choose_server(environment: Environment, flag: str | None) -> str:
    """The flag, else what is set already, which a person can replace."""
    known = access(environment, flag).server
    if flag or not environment.can_ask:
        return known
    return server_url(environment.ask(f"Server [{known}]:") or known)


def read_key(environment: Environment, server: str) -> str:
    """The key: asked unseen on a terminal, else the first line of standard input."""
    if environment.can_ask:
        return environment.ask_secret(f"Key for {server} (not shown): ").strip()
    return environment.stdin.readline(LONGEST_KEY + 2).decode("utf-8", "replace").strip()


def warn_of_others(environment: Environment, server: str) -> None:
    """Say so if the environment overrules what was just saved."""
    variables = environment.variables
    other = variables.get("SHARE_SERVER_URL")
    if other and server_url(other) != server:
        environment.say(f"Note: SHARE_SERVER_URL is set to {other} and overrules it.")
    if variables.get("SHARE_API_KEY"):
        environment.say("Note: SHARE_API_KEY is set and overrules the saved key.")
