"""Runs of looking around fold into one row; pauses say when it went on."""

from collections.abc import Callable

from ccshare.render import page
from ccshare.render.links import Links
from ccshare.transcript.model import Item

MakeCall = Callable[..., Item]


def looks(make_call: MakeCall, names: list[str]) -> list[Item]:
    calls = [make_call(name, {"file_path": "a.py", "pattern": "x"}, "1 line") for name in names]
    for n, call in enumerate(calls, 1):
        call.n = n
    return calls


def test_six_quiet_rows_are_one(make_call: MakeCall, links: Links) -> None:
    calls = looks(make_call, ["Read", "Grep", "Read", "Read", "Grep", "Read", "Bash"])
    html = page.items(calls, links)
    assert '<details class="run">' in html
    assert '6 look-ups</span> <span class="target">4 Read, 2 Grep</span>' in html
    assert html.index('id="m-6"') < html.index("</details>\n</details>") < html.index('id="m-7"')


def test_fewer_rows_and_failed_ones_stay_as_they_are(make_call: MakeCall, links: Links) -> None:
    assert 'class="run"' not in page.items(looks(make_call, ["Read"] * 5), links)
    calls = looks(make_call, ["Read"] * 9)
    calls[4].error = True
    assert 'class="run"' not in page.items(calls, links)


def test_a_run_stands_open_around_its_target(make_call: MakeCall, links: Links) -> None:
    calls = looks(make_call, ["Read"] * 7)
    html = page.items(calls, links, drawn={"3": page.one(calls[2], links)})
    assert '<details class="run" open>' in html


def test_pauses_say_when_it_went_on(make_call: MakeCall, links: Links) -> None:
    calls = looks(make_call, ["Bash", "Bash"])
    for block in calls[1].blocks:
        block.sequence += 2
    assert 'class="lull"' not in page.items(calls, links)
    calls[1].blocks[0].line["timestamp"] = "2026-11-01T10:05:02.500Z"
    html = page.items(calls, links)
    assert '<p class="lull"><time datetime="2026-11-01T10:05:02Z">10:05:02</time> · 5' in html


def test_prompts_say_which_they_are(make_text: Callable[..., Item], links: Links) -> None:
    assert '<h2 class="by">#3 You' in page.items(
        [make_text("Do it", "user")], links, ordinals={"1": 3}
    )
