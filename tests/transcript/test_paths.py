"""Home folders and project paths, in every spelling a session has."""

import pytest
from ccshare.transcript.paths import PROJECT_FOLDER, Places

UNIX = Places("/home/me", "/home/dana/src/acme-portal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/dana/src/acme-portal/x.py", "./x.py"),
        ("cd /home/dana/src/acme-portal && ls", "cd . && ls"),
        ("/home/dana/src/acme-portal-v2/x", "~/src/acme-portal-v2/x"),
        ('"/home/me/x"', '"~/x"'),
        ("/Users/dana/x", "~/x"),
        ("see /home/dana.", "see ~."),
        (r"C:\Users\dana\src", r"~\src"),
        (r"C:\\Users\\dana\\src", r"~\\src"),
        ("C:/Users/Dana/a", "~/a"),
        ("/mnt/c/Users/dana/x", "~/x"),
        ("/c/Users/dana/x", "~/x"),
        ("%2Fhome%2Fdana%2Fx", "~%2Fx"),
        ("file:///home/dana/x", "file://~/x"),
        (r"\/home\/dana\/x", r"~\/x"),
        ("~/.claude/projects/-home-dana-src-acme-portal/", f"~/.claude/projects/{PROJECT_FOLDER}/"),
        ("/tmp/-home-dana-other/x", "/tmp/~-other/x"),
        ("C--Users-dana-src", "~-src"),
        ("/backup/home/dana/x", "/backup/home/~/x"),
        (r"a\n/home/dana/src/acme-portal/b", r"a\n./b"),
        ("\x1b[34m/home/dana\x1b[0m", "\x1b[34m~\x1b[0m"),
    ],
)
def test_known_places(text: str, expected: str) -> None:
    assert UNIX.replace(text) == expected
    assert UNIX.replace(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("/home/danae/x", "/home/dana-old/x", "/home/dana.bak", "/Users/danab", "/home/other/x"),
        *("at-home-dana", "/home", "danas", "/src/acme-portal/x", "-home-danae"),
    ],
)
def test_other_places_stay(text: str) -> None:
    assert UNIX.replace(text) == text


@pytest.mark.parametrize(
    ("cwd", "text", "expected"),
    [
        (r"C:\Users\bob\code\app", r"C:\Users\bob\code\app\x.py", r".\x.py"),
        (r"C:\Users\bob\code\app", r"c:\\Users\\bob\\code\\app", "."),
        (r"C:\Users\bob\code\app", "/mnt/c/Users/bob/code/app/x", "./x"),
        (r"C:\Users\bob\code\app", "C--Users-bob-code-app", PROJECT_FOLDER),
        (r"D:\work\app", r"D:\work\app\x", r".\x"),
        ("/mnt/c/Users/bob/app", r"C:\Users\bob\app\y", r".\y"),
        ("/root/proj", "/root/.ssh /rooted", "~/.ssh /rooted"),
        ("/root/proj", "redis://root:x@db file:///root/a", "redis://root:x@db file://~/a"),
        ("/path/to/Demo", "/path/to/Demo/x", "./x"),
        ("/home/x", "/home/x/y", "~/y"),
        ("/app", "/app/x", "/app/x"),
        ("/", "/x", "/x"),
        ("/home/a.b+c/p", "/home/a.b+c/p/q /home/a.b+c/z", "./q ~/z"),
    ],
)
def test_project_folder(cwd: str, text: str, expected: str) -> None:
    assert Places(None, cwd).replace(text) == expected


def test_root_stays_without_a_root_session() -> None:
    assert UNIX.replace("/root/x") == "/root/x"


def test_first_folder_is_the_project_and_later_ones_give_names() -> None:
    places = Places(None)
    assert places.replace("/home/eve/a/b") == "/home/eve/a/b"
    assert places.learn("/home/eve/a")
    assert not places.learn("/home/eve/a")
    assert not places.learn("/home/eve/a/sub")
    assert places.learn("/Users/adam/x")
    assert places.replace("/home/eve/a/sub /Users/adam/x") == "./sub ~/x"


def test_what_is_learnt_is_bounded() -> None:
    places = Places(None)
    assert sum(places.learn(f"/home/user{n}/x") for n in range(1000)) <= 32
    assert not places.learn("/home/" + "x" * 5000)
