"""What a page knows of its whole session: prompt index, changes, words, and who is where.

Shares that are there already get their rows when they are next looked at (app/indexing.py);
`counts` stays empty until then.
"""

from typing import Any

import peewee

pw: Any = peewee


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - the runner's signature
    """Create three tables, a column and the indexes that lists of one kind of item go by."""

    class Session(db.Model):
        id = pw.BigAutoField()

        class Meta:
            table_name = "sessions"

    class Turn(db.Model):
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        n = pw.IntegerField()
        ordinal = pw.IntegerField()
        number = pw.IntegerField()
        kind = pw.CharField(max_length=16)
        text = pw.TextField()
        tools = pw.IntegerField()
        errors = pw.IntegerField()
        commit = pw.CharField(max_length=40)

        class Meta:
            table_name = "turns"
            primary_key = pw.CompositeKey("session", "n")
            indexes = ((("session", "ordinal"), False),)

    class Change(db.Model):
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        ordinal = pw.IntegerField()
        path = pw.TextField()
        thread = pw.CharField(max_length=255)
        n = pw.IntegerField()
        root = pw.IntegerField()
        sequence = pw.IntegerField()
        added = pw.IntegerField()
        removed = pw.IntegerField()
        created = pw.BooleanField()

        class Meta:
            table_name = "changes"
            primary_key = pw.CompositeKey("session", "ordinal")
            indexes = ((("session", "root"), False), (("session", "path", "ordinal"), False))

    class WordList(db.Model):
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        segment = pw.IntegerField()
        first = pw.BlobField()
        last = pw.BlobField()
        content = pw.BlobField()

        class Meta:
            table_name = "word_lists"
            primary_key = pw.CompositeKey("session", "segment", "first")

    db.create_tables([Turn, Change, WordList])
    # Not the migrator's add_column: on SQLite it makes the table anew, and dropping the old one
    # would take along all that refers to it.
    db.execute_sql("ALTER TABLE sessions ADD COLUMN counts TEXT NOT NULL DEFAULT ''")
    db.execute_sql("CREATE INDEX parts_by_line ON parts (session_id, sequence)")
    opens = "role = 'open' AND thread = ''"
    # What the condition asks for stands in the index too, as SQLite asks for it once more.
    for name, columns, where in (
        ("parts_of_kind", "session_id, kind, n, thread, role", opens),
        ("parts_failed", "session_id, n, thread, error", "error AND thread = ''"),
        (
            "parts_agents",
            "session_id, n, thread, role, name",
            f"{opens} AND name IN ('Agent', 'Task')",
        ),
    ):
        db.execute_sql(f"CREATE INDEX {name} ON parts ({columns}) WHERE {where}")
