"""The made-up people who ran the sessions."""

import re
from dataclasses import dataclass
from random import Random

from . import shapes

_GIVEN = ["marta", "jonas", "aiko", "pierre", "lucia", "tomas", "ingrid", "farid", "chen", "olga"]


@dataclass(frozen=True)
class Person:
    """Who, on which machine."""

    given: str
    family: str
    user: str
    host: str
    home: str
    project: str
    email: str

    @property
    def full_name(self) -> str:
        """As git writes it."""
        return f"{self.given.title()} {self.family.title()}"

    @property
    def folder_code(self) -> str:
        """The project's folder as Claude Code encodes it."""
        return re.sub(r"[^A-Za-z0-9]", "-", self.project)


def person(rng: Random) -> Person:
    """A new person on Linux, macOS, Windows or WSL."""
    given, family = rng.choice(_GIVEN), shapes.name(rng)
    user = rng.choice([f"{given[0]}{family}", f"{given}.{family}", f"{family}{rng.randint(2, 99)}"])
    system = rng.randrange(4)
    top = ("/home/", "/Users/", "C:\\Users\\", "/mnt/c/Users/")[system]
    app = f"{shapes.word(rng)}-{shapes.word(rng)}"
    home = top + user
    middle = "\\src\\" if system == 2 else "/src/"
    host = rng.choice([f"{family}-mbp", f"{family}-thinkpad", f"ws-{family}-{rng.randint(2, 99)}"])
    email = f"{given}.{family}@{shapes.name(rng)}.{rng.choice(['io', 'de', 'com', 'fr'])}"
    return Person(given, family, user, host, home, home + middle + app, email)
