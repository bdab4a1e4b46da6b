"""Personal things: what of a person's machine and life stands in sessions."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote

from . import shapes
from .person import Person

Item = tuple[str, str, str, str, tuple[str, ...]]
"""Kind, channel, where, text, the values that must go."""


def luhn(rng: Random, prefix: str, length: int) -> str:
    """A card number with its check digit."""
    digits = [int(c) for c in prefix + shapes.chars(rng, shapes.DIGITS, length - 1 - len(prefix))]
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if index % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return "".join(map(str, digits)) + str(-total % 10)


def public_ipv4(rng: Random) -> str:
    """An address of the open internet."""
    first = rng.choice([5, 23, 37, 45, 62, 77, 85, 91, 109, 138, 146, 178, 185, 188, 193, 212])
    return f"{first}.{rng.randrange(1, 255)}.{rng.randrange(1, 255)}.{rng.randrange(1, 255)}"


def public_ipv6(rng: Random) -> str:
    """An address of a provider."""
    groups = ":".join(f"{rng.randrange(0x1000, 0xFFFF):x}" for _ in range(3))
    return f"{rng.choice(['2a01:4f8', '2a02:8070', '2600:1f18'])}:{groups}::{rng.randrange(2, 99)}"


def homes(rng: Random, who: Person) -> Iterator[Item]:
    """Home folders in every spelling, of this person's user name."""
    user, file = who.user, f"{shapes.word(rng)}-{rng.randint(1, 99)}.log"
    rows = (
        ("home-unix", "bash", "ls", f"/home/{user}/logs/{file}"),
        ("home-unix", "failed", "make", f'  File "/home/{user}/src/app/{file}", line 3'),
        ("home-unix", "prompt", "", f"look into /home/{user}/{file} please"),
        ("home-macos", "bash", "which node", f"/Users/{user}/.nvm/versions/node/v22/bin/node"),
        ("home-macos", "read", "a.log", f"cannot open '/Users/{user}/Library/{file}'"),
        ("home-windows", "bash", "dir", f" Directory of C:\\Users\\{user}\\Documents"),
        ("home-windows", "read", "a.json", f'{{"path": "C:\\\\Users\\\\{user}\\\\{file}"}}'),
        ("home-windows", "say", "", f"It is in `C:/Users/{user}/AppData/{file}`."),
        ("home-wsl", "bash", "pwd", f"/mnt/c/Users/{user}/Desktop"),
        ("home-folder-code", "bash", "ls ~/.claude/projects", f"-home-{user}-src-{file[:-4]}"),
        ("home-folder-code", "bash", "ls projects", f"-Users-{user}-work"),
        ("home-url", "bash", "cat log", f"file:///home/{user}/{file}"),
        ("home-url", "mcp", "ide__open", f"vscode://file/{quote(f'/home/{user}/{file}', safe='')}"),
        ("home-var", "bash", "env", f"HOME=/home/{user}\nSHELL=/bin/zsh"),
    )
    for kind, channel, where, text in rows:
        yield kind, channel, where, text, (user,)
    other = f"{shapes.name(rng)}{rng.randint(2, 99)}"
    text = f'Traceback:\n  File "/Users/{other}/dev/app/run.py", line 3'
    yield "home-of-another", "bash", "cat crash.log", text, (other,)


def names(rng: Random, who: Person) -> Iterator[Item]:
    """User, host, author and mail."""
    user, host, mail, full = who.user, who.host, who.email, who.full_name
    listing = f"drwxr-xr-x  4 {user}  staff   128 Nov  3 10:00 src\n-rw-r--r--  1 root  wheel  9 a"
    log = f"commit {shapes.make(rng, '{hex:40}')}\nAuthor: {full} <{mail}>\nDate:   Tue Nov 3"
    rows: tuple[Item, ...] = (
        ("user-name", "bash", "whoami", user, (user,)),
        ("user-name", "bash", "ls -l", listing, (user,)),
        ("user-name", "bash", "id", f"uid=1000({user}) gid=1000({user}) groups=27(sudo)", (user,)),
        ("user-name", "bash", "env", f"USER={user}\nLOGNAME={user}\nLANG=C", (user,)),
        ("user-name", "bash", "ps aux", f"{user}  4711  0.0  0.1 node server.js", (user,)),
        ("host-name", "local", "", f"{user}@{host}:~/src$ make", (user, host)),
        ("host-name", "bash", "hostname", host, (host,)),
        ("host-name", "bash", "uname -a", f"Linux {host} 6.8.0-41-generic x86_64", (host,)),
        ("host-name", "prompt", "", f"{user}@{host} ~ % npm test\nfails, why?", (user, host)),
        ("git-author", "bash", "git log -1", log, (full, mail)),
        (
            "git-author",
            "bash",
            "git config -l",
            f"user.name={full}\nuser.email={mail}",
            (full, mail),
        ),
        ("git-author", "bash", "git log", f"Co-authored-by: {full} <{mail}>", (full, mail)),
        ("git-author", "bash", "git shortlog -sne", f"    12\t{full} <{mail}>", (full, mail)),
        ("git-author", "bash", "git blame a.py", f"^1f2e3d4 ({full} 2026-11-03 1) x = 1", (full,)),
        ("e-mail", "read", "package.json", f'{{"author": "{full} <{mail}>"}}', (mail,)),
        ("e-mail", "prompt", "", f"send the report to {mail}", (mail,)),
        ("e-mail", "bash", "cat users.csv", f"id,mail\n1,{mail}\n2,none", (mail,)),
        ("e-mail", "mcp", "crm__get", f'{{"contact": {{"email": "{mail}"}}}}', (mail,)),
        ("e-mail", "fetch", "https://example.com", f"[Mail](mailto:{mail})", (mail,)),
        ("e-mail", "agent", "", f"The maintainer is {mail}.", (mail,)),
        (
            "e-mail",
            "bash",
            "curl a",
            f"GET /u?email={quote(mail, safe='')}",
            (quote(mail, safe=""),),
        ),
    )
    yield from rows
    for command, line in (
        ("git log --format='%h %an %ar %s' -1", "{hex:7} NAME 3 days ago Fix the parser"),
        ('git log --pretty=format:"%an|%ad|%s" --date=short', "NAME|2026-11-03|Add a test"),
        ("git log --format=%an | sort | uniq -c", "     12 NAME"),
        ("git shortlog -sn", "    12\tNAME"),
        ("gh pr view 7 --json author", '{"author":{"login":"k{hex:6}","name":"NAME"}}'),
    ):
        other = f"{shapes.name(rng).title()} {shapes.name(rng).title()}"
        text = shapes.make(rng, line).replace("NAME", other)
        yield "git-author", "bash", command, text, (other,)


def numbers(rng: Random) -> Iterator[Item]:
    """Addresses and cards."""
    for channel, where, text in (
        ("bash", "dig +short app.test", "{}"),
        ("bash", "tail access.log", '{} - - [03/Nov/2026] "GET / HTTP/1.1" 200 12'),
        ("command", "", "ssh deploy@{} uptime"),
        ("prompt", "", "our server is at {}, port 8080"),
        ("read", "hosts.ini", "[web]\n{} ansible_user=deploy"),
        ("bash", "last", "deploy  pts/0  {}  Tue Nov 3 10:00"),
    ):
        address = public_ipv4(rng)
        yield "ipv4", channel, where, text.format(address), (address,)
    for channel, where, text in (
        ("bash", "ip a", "inet6 {}/64 scope global"),
        ("bash", "tail access.log", '{} - - "GET / HTTP/1.1" 200 12'),
        ("prompt", "", "it listens on [{}]:443"),
    ):
        address = public_ipv6(rng)
        yield "ipv6", channel, where, text.format(address), (address,)
    for channel, where, text, spaced in (
        ("bash", "cat orders.csv", "order,card\n17,{}", False),
        ("prompt", "", "the customer's card is {}", True),
        ("read", "fixtures.json", '{{"pan": "{}"}}', False),
        ("mcp", "browser__type", "card number field: {}", True),
    ):
        card = luhn(rng, rng.choice(["4", "51", "53", "55"]), 16)
        shown = " ".join(card[at : at + 4] for at in range(0, 16, 4)) if spaced else card
        yield "card", channel, where, text.format(shown), (shown,)
