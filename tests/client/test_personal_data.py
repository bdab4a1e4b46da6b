"""Who worked, on which machine: gone from what is shared, in both passes, unless it may stay."""

import json
from dataclasses import replace

from ccshare.client.find import Found
from ccshare.client.policy import Policy
from ccshare.client.prepare import Wishes, prepared
from ccshare.transcript.personal import CLASSES


def text_of(lines):
    return json.dumps(lines, ensure_ascii=False)


def test_names_learned_late_go_from_the_first_line(machine, make, prepare):
    lines, made = prepare(
        machine.write(
            make.chain("user", 1, "ask KMILLER, look into /home/eva/x"),
            make.chain("user", 2, "kmiller@zephyr-17:~/src$ ls"),
            make.chain("user", 3, "cat /home/eva/notes.txt and -home-eva-work"),
        )
    )
    after = text_of(lines)
    for name in ("miller", "MILLER", "zephyr", "eva"):
        assert name not in after
    assert made.reported.counts["username"] == 2  # two spellings
    assert "look into ~/x" in after and "~-work" in after


def test_a_name_in_a_spilled_output_goes_everywhere(machine, make, prepare):
    path = machine.write(make.chain("user", 1, "who is Karla Miller?"))
    folder = path.with_suffix("") / "tool-results"
    folder.mkdir(parents=True)
    (folder / "b1.txt").write_text("Author: Karla Miller <k@miller.de>\n")
    after = text_of(prepare(path)[0])
    assert "Karla" not in after and "miller.de" not in after


def test_short_answers_go(machine, make, prepare):
    call = {"type": "tool_use", "id": "t1", "name": "Bash", "input": {"command": "whoami"}}
    result = {"type": "tool_result", "tool_use_id": "t1", "content": "kmil\n"}
    lines, _ = prepare(
        machine.write(
            make.chain("assistant", 1, [call]),
            make.chain("user", 2, [result], toolUseResult={"stdout": "kmil", "stderr": ""}),
        )
    )
    assert "kmil" not in text_of(lines)


def test_the_machine_itself_is_known(machine, make):
    machine.variables["USER"] = "kmiller"
    environment = replace(machine.environment(), host="zephyr-17")
    path = machine.write(make.chain("user", 1, "kmiller sits at zephyr-17"))
    with prepared(environment, Found(path), Wishes(None, None), quiet=True) as made:
        assert made.reported.counts == {"hostname": 1, "username": 1}


def test_classes_and_names_may_stay(machine, make):
    text = "/home/kmiller/x kmiller km@mail.de 93.184.17.34 /home/otto/y otto"
    path = machine.write(make.chain("user", 1, text, cwd="/srv/app/shop"))

    def counts(**given):
        wishes = Wishes(None, None, Policy(**given))
        with prepared(machine.environment(), Found(path), wishes, quiet=True) as made:
            return made.reported

    assert counts().counts == {"email": 1, "ip-address": 1, "username": 2}
    assert counts(classes=CLASSES - {"email"}).counts == {"ip-address": 1, "username": 2}
    assert counts(keep=frozenset({"Otto"})).counts["username"] == 1
    assert counts(classes=frozenset()).counts == {}
    assert counts(classes=frozenset()).paths == 0


def test_twice_changes_nothing(machine, make, prepare):
    prompt = "kmiller@zephyr-17:~/src$ git log\nAuthor: Karla Miller <k@miller.de>"
    first, made = prepare(machine.write(make.chain("user", 1, prompt)))
    assert made.reported.counts["person"] == 1
    again, second = prepare(machine.write(*first, name="again.jsonl"))
    assert again == first
    assert second.reported.counts == {}
