"""Who the session is about, learned from it, and what is the same for everybody."""

import random
import time

import pytest
from ccshare.transcript.personal import CLASSES, MOST_NAMES, Personal
from ccshare.transcript.personal_asked import question


def found(text: str, *lines: str, **options: frozenset[str]) -> dict[str, str]:
    personal = Personal(**options)  # type: ignore[arg-type]
    for line in lines:
        personal.learn([{"message": {"content": [{"type": "text", "text": line}]}}])
    return {text[span.start : span.end]: span.rule for span in personal.find(text)}


@pytest.mark.parametrize(
    "line",
    [
        "/home/kmiller/src/app",
        "/Users/kmiller/x",
        r"C:\Users\kmiller\code",
        r"C:\\Users\\kmiller\\code",
        "/mnt/c/Users/kmiller/x",
        "/c/Users/kmiller/x",
        "~/.claude/projects/-home-kmiller-work-shop/a.jsonl",
        "C--Users-kmiller-code",
        "kmiller@zephyr:~/src$ ls",
        "  \u2713 Logged in to github.com account kmiller (keyring)",
        "256 SHA256:fW/zcZeV5eXm4Ui4FNci5KelAZcTQXTNyQUkFYwwizJ kmiller@amberbook (ED25519)",
        "drwxr-xr-x  4 kmiller staff 128 Jan 10 10:00 src",
        "     3\t-rw-r--r--@ 1 kmiller  users  12 Jan 10 10:00 a.txt",
    ],
)
def test_user_is_learned(line: str) -> None:
    assert found("owner: kmiller, group: staff", line) == {"kmiller": "username"}


@pytest.mark.parametrize("name", ["root", "ubuntu", "runner", "node", "test", "admin", "user"])
def test_common_user_stays(name: str) -> None:
    listed = f"-rw-r--r-- 1 {name} staff 12 Jan 10 10:00 a.txt"
    assert not found(f"run as {name} now", f"/home/{name}/x", f"{name}@localhost:~$ ls", listed)


@pytest.mark.parametrize(
    "line",
    [
        "kmiller@zephyr-17:~/src$ ls",
        "[kmiller@zephyr-17 src]$ ls",
        "Linux zephyr-17 6.8.0-45-generic #45 SMP x86_64",
        "kmiller@zephyr-17 ~ % ls",
    ],
)
def test_host_is_learned(line: str) -> None:
    assert found("ping zephyr-17 ok", line) == {"zephyr-17": "hostname"}


def test_answer_to_hostname() -> None:
    personal = Personal()
    asked = {"type": "tool_use", "id": "t1", "name": "Bash", "input": {"command": "hostname"}}
    personal.learn([{"message": {"content": [asked]}}])
    answer = {"type": "tool_result", "tool_use_id": "t1", "content": "brunhilde\n"}
    personal.learn([{"message": {"content": [answer]}}])
    assert [span.rule for span in personal.find("on brunhilde.")] == ["hostname"]


KARLA = "Karla van Miller"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("git log --format='%h %an %ar %s' -3", f"9ab3c2d {KARLA} 3 days ago Fix it\n"),
        ("git log -9 --pretty=format:'%h - %an, %ar : %s'", f"9ab3c2d - {KARLA}, now : Fix\n"),
        ("git shortlog -sn", f"   120\tTom Weber\n     7\t{KARLA}\n"),
        ("cd app && git shortlog", f"{KARLA} (2):\n      Add\n"),
        ("git log --format='%an' | sort | uniq -c", f"     12 {KARLA}\n"),
        ("git log --format=%an | sort | uniq -c", f"     12 {KARLA}\n"),
        ("git log --pretty='%C(yellow)%h%Creset %s %C(blue)<%an>'", f"abc1234 Fix <{KARLA}>"),
        ('git -C /x log --format="%h|%an|%ad" --date=short', f"abc1234|{KARLA}|2024-01-01"),
        ('git log --format="%an %ad"', f"{KARLA} Mon Jan 1 10:00:00 2024"),
        ('git log --format="%H%n%an%n%s"', f"{'0' * 40}\n{KARLA}\nFix All Things\n"),
        ("git for-each-ref --format='%(refname) %(authorname)'", f"refs/x {KARLA}\n"),
        ("git log --pretty=format:%h\\ %an", f"abc1234 {KARLA}"),
        ("git log --format='%h%x09%an%x09%s'", f"abc1234\t{KARLA}\tFix"),
    ],
)
def test_authors_in_a_format_are_learned(command: str, answer: str) -> None:
    personal = Personal()
    asked = {"type": "tool_use", "id": "t1", "name": "Bash", "input": {"command": command}}
    told = {"type": "tool_result", "tool_use_id": "t1", "content": answer}
    personal.learn([{"message": {"content": [asked]}}, {"message": {"content": [told]}}])
    assert KARLA.lower() in personal.names
    assert not {"fix all", "all things", "fix it"} & set(personal.names)


@pytest.mark.parametrize(
    "command",
    ["git log --format='%h %s'", "echo --format='%an'", "git log", "git commit -m 'log %an'"],
)
def test_other_commands_ask_nobody(command: str) -> None:
    assert question(command) is None


def test_the_end_of_a_name_that_a_text_follows_is_left() -> None:
    asks = question("git log --format='%an %s'")
    assert asks is not None
    assert list(asks.names("Karla Miller Fix the parser\nAda Example Says Hi")) == [
        ("person", "Karla Miller"),
        ("person", "Ada Example"),
    ]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("whoami && hostname", "kmiller\nbrunhilde\n"),
        ("pwd; whoami\nhostname; ls -la", "/srv\nkmiller\nbrunhilde\ntotal 8\n"),
        ("npm whoami; date -u; hostname -f", "kmiller\nMon Jan  5 10:00\nbrunhilde\n"),
    ],
)
def test_several_answers_of_a_line_each(command: str, answer: str) -> None:
    asks = question(command)
    assert asks is not None
    assert list(asks.names(answer)) == [("username", "kmiller"), ("hostname", "brunhilde")]


@pytest.mark.parametrize("command", ["ls; whoami", "cat a && hostname", "pwd; date"])
def test_answers_that_nobody_can_tell_apart(command: str) -> None:
    assert question(command) is None


def test_a_long_command_takes_no_time() -> None:
    began = time.perf_counter()
    for piece in ("git log --format=%an ", "git ", " --pretty=" + "%an " * 40, "%C("):
        question(piece * (200_000 // len(piece)))
    asks = question("git log --format='%s%s %an, %ar'")
    assert asks is not None
    assert not list(asks.names("A b " * 20_000))
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    "line",
    [
        '{"author":{"is_bot":false,"login":"km","name":"Karla van Miller"},"n":1}',
        '{"displayName": "Karla van Miller", "accountId": "5b10a2844c20165700ede21g"}',
        '"{\\"username\\": \\"km\\", \\"name\\": \\"Karla van Miller\\"}"',
    ],
)
def test_name_of_an_account_is_learned(line: str) -> None:
    assert found("thanks to Karla van Miller!", line) == {"Karla van Miller": "person"}


@pytest.mark.parametrize(
    "line",
    [
        "Author: Karla Miller <km@mail.de>",
        "Co-authored-by: Karla Miller <km@mail.de>",
        "Signed-off-by: Karla Miller <km@mail.de>",
        "user.name=Karla Miller\nuser.email=km@mail.de",
        'git config user.name "Karla Miller"',
        "    12\tKarla Miller <km@mail.de>",
        "1a2b3c4d (Karla Miller 2024-03-01 10:00:00 +0100 1) import x",
    ],
)
def test_author_is_learned(line: str) -> None:
    assert found("thanks to Karla Miller!", line) == {"Karla Miller": "person"}


@pytest.mark.parametrize(
    "line",
    [
        '  "author": "Karla van Miller <karla@miller.dev>",',
        '"contributors": [{"name": "Karla van Miller", "email": "karla@miller.dev"}]',
        '"author": {"email": "karla@miller.dev", "name": "Karla van Miller"}',
        'authors = [{ name = "Karla van Miller", email = "karla@miller.dev" }]',
        'authors = ["Karla van Miller <karla@miller.dev>"]',
        "1a2b3c4|Karla van Miller|karla@miller.dev|fix build",
        "id,name,mail\n1,Karla van Miller,karla@miller.dev",
        "| Karla van Miller | karla@miller.dev | admin |",
        "MAINTAINER Karla van Miller <karla@miller.dev>",
        "Karla van Miller\nkarla.miller@mail.de\n",
        "karla:x:1000:1000:Karla van Miller,,,:/home/km:/bin/bash",
    ],
)
def test_name_beside_an_address_is_learned(line: str) -> None:
    assert found("thanks to Karla van Miller!", line) == {"Karla van Miller": "person"}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Apache Software Foundation", "Copyright Apache Software Foundation <dev@apache.org>"),
        ("Vue Contributors", '"author": "Vue Contributors <evan@vuejs.org>"'),
        ("Acme Shop", '{"name": "Acme Shop", "email": "info@acme-shop.de"}'),
        ("Acme Shop", "Visit Acme Shop, mail@acme-shop.de"),
        ("John Doe", '"author": "John Doe <john@example.com>"'),
        ("Bug Fixes", "Bug Fixes\nkarla@miller.dev"),
        ("Network Management", "net:x:998:998:Network Management:/:/usr/sbin/nologin"),
    ],
)
def test_name_of_no_person_stays(name: str, line: str) -> None:
    assert not found(f"by {name}.", line)


@pytest.mark.parametrize(
    "line",
    [
        "Oct 12 10:11:12 zephyr-17 systemd[1]: Started api.service.",
        "Oct  2 10:11:12 zephyr-17 kernel: usb 1-1",
        "<bash-stdout>HOSTNAME=zephyr-17\nLANG=C</bash-stdout>",
        "<bash-stdout>HOSTNAME=zephyr-17</bash-stdout>",
        "<bash-stdout>kmiller@zephyr-17:~/work$ make</bash-stdout>",
    ],
)
def test_host_of_a_log_is_learned(line: str) -> None:
    assert found("ping zephyr-17 ok", line) == {"zephyr-17": "hostname"}


def test_level_of_a_log_is_no_host() -> None:
    assert not found("level Warning", "Oct 12 10:11:12 Warning worker[12]: slow")


def test_login_in_an_address_of_github() -> None:
    assert list(found("12345+kmiller@users.noreply.github.com").values()) == ["email"]
    assert not found("198982749+Copilot@users.noreply.github.com noreply@github.com")


def test_bots_are_nobody() -> None:
    line = "Co-Authored-By: Claude Opus <noreply@anthropic.com>\nAuthor: dependabot[bot] <x@y.z>"
    assert not found("by Claude Opus and dependabot[bot]", line)


@pytest.mark.parametrize(
    "text",
    ["mail km@mail.de now", "<a.b+c@sub.mail-host.co.uk>", '"karla@miller.dev"', r"a\nkm@mail.de"],
)
def test_address_goes(text: str) -> None:
    assert list(found(text).values()) == ["email"]


@pytest.mark.parametrize(
    "text",
    [
        "a@example.com b@x.example.org c@y.test d@z.invalid noreply@anthropic.com",
        "1+github-actions[bot]@users.noreply.github.com git@github.com:a/b.git logo@2x.png",
        "@app.route foo@1.2.3",
        "npm i @types/node@20.1.0 user@localhost ssh root@10.0.0.1 getty@tty1.service",
    ],
)
def test_address_of_nobody_stays(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "address", ["93.184.17.34", "185.12.64.1", "2a01:4f8:c17:b8f::2", "2606:4700:4700::64"]
)
def test_public_ip_goes(address: str) -> None:
    assert found(f"listening on {address}, ok") == {address: "ip-address"}
    assert found(f"https://[{address}]:80/" if ":" in address else f"http://{address}:80/")


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 192.0.2.1 203.0.113.9 0.0.0.0 255.255.255.255",
        "8.8.8.8 1.1.1.1 ::1 fe80::1 2001:db8::1 100.64.0.1 999.1.1.1",
        "Chrome/120.0.6099.130 version 14.2.5.1 v4.3.2.1 foo==3.4.5.6 pkg-1.22.3.44.tar.gz",
        "1.2.3.4.5 12:34:56 a::b std::vector 2024:01:01",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert not found(text)


def card(prefix: str, length: int, seed: int) -> str:
    source = random.Random(seed)
    body = prefix + "".join(source.choice("0123456789") for _ in range(length - len(prefix) - 1))
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


@pytest.mark.parametrize(("prefix", "length"), [("4", 16), ("52", 16), ("37", 15), ("6011", 16)])
def test_card_number(prefix: str, length: int) -> None:
    for seed in range(20):
        number = card(prefix, length, seed)
        assert found(f"card {number}, ok") == {number: "card-number"}
        if length == 16:
            spaced = " ".join(number[at : at + 4] for at in range(0, 16, 4))
            assert found(f"card: {spaced}") == {spaced: "card-number"}
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        assert not found(f"card {wrong}")


def test_numbers_that_are_no_cards() -> None:
    assert not found(f"4242 4242 4242 4242 1700000000000000 id={card('4', 16, 1)}")
    assert not found(f"0.{card('4', 16, 1)} {card('4', 16, 1)}ab 4444444444444448")


def test_classes_and_keep_list() -> None:
    text, line = "kmiller km@mail.de 93.184.17.34", "/home/kmiller/x"
    assert set(found(text, line).values()) == {"username", "email", "ip-address"}
    for rule in ("username", "email", "ip-address"):
        assert rule not in found(text, line, classes=CLASSES - {rule}).values()
    kept = frozenset({"KMiller", "KM@mail.de", "93.184.17.34"})
    assert not found(text, line, keep=kept)


def test_what_is_learned_is_bounded() -> None:
    personal = Personal()
    for number in range(200):
        personal.learn([{"cwd": f"/home/somebody{number}/x"}])
    assert len(personal._known["username"]) == MOST_NAMES


@pytest.mark.parametrize(
    "piece", ["a", "@", "a@", "1.", "4", "4 ", ":", "2000:", "Author: ", "/home/", "a.", "x@a."]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * (250_000 // len(piece))
    personal = Personal("/home/kmiller", "kmiller", "zephyr")
    start = time.process_time()
    personal.find(text)
    personal.learn([{"text": text}])
    assert time.process_time() - start < 1.5
