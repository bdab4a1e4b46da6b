"""What a row says of tasks that only earlier lines told."""

from ccshare.transcript.assemble import assemble
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Item, Json, Part

from .made_up import user


def assistant(*blocks: object) -> Json:
    return {"type": "assistant", "message": {"role": "assistant", "content": [*blocks]}}


def call(tool_id: str, name: str, **given: object) -> Json:
    return {"type": "tool_use", "id": tool_id, "name": name, "input": given}


def result(tool_id: str, content: object = "ok") -> Json:
    return {"type": "tool_result", "tool_use_id": tool_id, "content": content}


def build(*lines: Json) -> list[Item]:
    builder = ItemBuilder()
    parts: list[Part] = []
    for at, line in enumerate(lines):
        parts += builder.line(at, line)
    return assemble(parts, dict(enumerate(lines)))


# Tasks, whose calls name a number alone


def created(number: str, subject: str, details: object = None) -> list[Json]:
    told = f"Task #{number} created successfully: {subject}"
    made = details or {"task": {"id": number, "subject": subject}}
    made_by = call(f"c{number}", "TaskCreate", subject=subject)
    return [assistant(made_by), user([result(f"c{number}", told)], toolUseResult=made)]


def test_a_call_says_what_the_task_of_its_number_is_called() -> None:
    lines = [
        *created("1", "Round prices"),
        *created("2", "Ship\n it", details="no record"),
        assistant(call("u", "TaskUpdate", taskId="1", status="completed", subject="Round all")),
        assistant(call("v", "TaskUpdate", taskId="1"), call("g", "TaskGet", taskId="2")),
        assistant(call("x", "TaskUpdate", taskId="9"), call("y", "TaskUpdate", taskId=["1"])),
        user([result("g")], toolUseResult={"tasks": [{"id": "9", "subject": "Rest"}, 7, {}]}),
        assistant(call("z", "TaskUpdate", taskId="9"), call("b", "Bash", taskId="9")),
    ]
    assert [item.about for item in build(*lines)] == [
        "", "", "Round prices", "Round all", "Ship", "", "", "Rest", "",
    ]  # fmt: skip


def test_subjects_are_short_and_belong_to_tasks_alone() -> None:
    (item,) = [
        item
        for item in build(
            *created("1", "x" * 5_000), assistant(call("u", "TaskUpdate", taskId="1"))
        )
        if item.name == "TaskUpdate"
    ]
    assert item.about == "x" * 200
    other = [
        assistant(call("a", "mcp__x__y")),
        user([result("a")], toolUseResult={"task": {"id": "1", "subject": "No"}}),
        assistant(call("u", "TaskUpdate", taskId="1")),
    ]
    assert build(*other)[-1].about == ""


def test_a_list_says_which_entries_are_new_since_the_one_before() -> None:
    def todos(*states: str) -> Json:
        entries = [{"content": f"Do {n}", "status": state} for n, state in enumerate(states)]
        return assistant(call("t", "TodoWrite", todos=entries))

    lines = [
        todos("pending", "pending"),
        todos("completed", "pending"),
        todos("completed", "pending", "pending"),
        assistant(call("t", "TodoWrite", todos=[7, {"content": 7}])),
        assistant(call("t", "TodoWrite", todos="x"), call("u", "TodoWrite")),
        todos("completed"),
    ]
    assert [item.about for item in build(*lines)] == ["", "0", "2", "0", "", "", "0"]
