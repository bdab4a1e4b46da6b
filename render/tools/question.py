"""Questions with choices, and what was answered."""

from ...transcript.model import Json
from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome

MOST_QUESTIONS, MOST_OPTIONS = 8, 12


def closed(call: Call) -> Closed:
    """`Question  Which database? … answered: SQLite`."""
    questions = _questions(call)
    first = _text(questions[0], "question", "header") if questions else call.given("question")
    more = f"  and {len(questions) - 1} more" if len(questions) > 1 else ""
    return Closed("Question", one_line(first) + more, outcome(call, *_answered(call)))


def _answered(call: Call) -> tuple[Fact, ...]:
    chosen = [found for question in _questions(call) if (found := _answer(call, question))]
    if not chosen:
        return (Fact("answered" if call.result else "no answer"),)
    told = ", ".join(chosen[0])
    if len(chosen) > 1:
        return (Fact(words.counted(len(chosen), "answer")),)
    return (Fact(f"answered: {one_line(told)[:60]}"),)


def _questions(call: Call) -> list[Json]:
    return values.records(call.input.get("questions")) or values.records(
        call.details.get("questions")
    )


def _answer(call: Call, question: Json) -> list[str]:
    """What was chosen or typed; several where that was allowed."""
    found = values.record(call.details.get("answers")).get(values.text(question.get("question")))
    return values.strings(found) if isinstance(found, list) else [values.text(found)] * bool(found)


def opened(call: Call, sight: Sight) -> Context:
    """Each question with its choices, the chosen ones marked, and what was typed instead."""
    questions = [_shown(call, question) for question in _questions(call)[:MOST_QUESTIONS]]
    told = any(question["answered"] for question in questions)
    return {
        "questions": questions,
        "output": sight.lines("" if told and not call.error else call.result),
    }


def _shown(call: Call, question: Json) -> dict[str, object]:
    answers = _answer(call, question)
    labels = {_text(option, "label") for option in values.records(question.get("options"))}
    # Several choices may come as one text: "A, B".
    parts = {part.strip() for answer in answers for part in answer.split(",")} | set(answers)
    notes = values.record(values.record(call.details.get("annotations")).get(
        values.text(question.get("question"))
    ))  # fmt: skip
    return {
        "header": one_line(_text(question, "header")),
        "text": _text(question, "question")[:2_000],
        "options": [
            {
                "label": one_line(_text(option, "label")),
                "description": _text(option, "description")[:600],
                "chosen": _text(option, "label") in parts,
            }
            for option in values.records(question.get("options"))[:MOST_OPTIONS]
        ],
        "typed": ", ".join(a for a in answers if not ({a} | set(a.split(", "))) & labels)[:2_000],
        "note": values.text(notes.get("notes"))[:2_000],
        "answered": bool(answers),
    }


def _text(row: Json, *keys: str) -> str:
    return next((found for key in keys if (found := values.text(row.get(key)))), "")


FAMILY = Family(("AskUserQuestion",), "items/_question.html", closed, opened)
