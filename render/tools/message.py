"""What goes to people: messages, files, notifications, findings, and moves between worktrees."""

from .. import values, words
from . import generic
from .call import Call, Closed, Fact, Family, one_line, outcome

_SPOKEN = {
    "SendMessage": "Message",
    "SendUserMessage": "Message",
    "SendUserFile": "File",
    "PushNotification": "Notification",
    "ReportFindings": "Findings",
    "EnterWorktree": "Worktree",
    "ExitWorktree": "Worktree",
    "Artifact": "Artifact",
}
_TELLING = (
    "title", "summary", "message", "content", "file_path", "caption", "name", "path", "action",
)  # fmt: skip
_DONE = {
    "EnterWorktree": "entered",
    "ExitWorktree": "left",
    "Artifact": "published",
    "ReportFindings": "reported",
}


def closed(call: Call) -> Closed:
    """`Message  to reviewer: Ready for you … sent`."""
    told = next((found for key in _TELLING if (found := call.given(key))), "")
    to = call.given("to") or call.given("recipient")
    files = values.strings(call.input.get("files"))
    target = f"to {to}: {told}" if to and told else told or ", ".join(files) or to
    findings = values.records(call.input.get("findings"))
    fact = Fact(_DONE.get(call.name, "sent"))
    if findings:
        fact = Fact(words.counted(len(findings), "finding"))
    return Closed(_SPOKEN[call.name], one_line(target), outcome(call, fact))


FAMILY = Family(tuple(_SPOKEN), "items/_generic.html", closed, generic.opened)
