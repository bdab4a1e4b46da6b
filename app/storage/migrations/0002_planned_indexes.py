"""Indexes that a planner cannot take the wrong one of, and one for the list of an owner.

PostgreSQL guesses how many rows a condition leaves. When it guesses one for "this session, this
thread", any index that starts with the two looks as good as the right one, and a page would
cost as much as its session is long. So the third column moves to the second place.
"""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Replace the two of parts, add one to sessions."""
    del db
    migrator.migrate(
        migrator.add_index("sessions", ("owner", "id")),
        migrator.drop_index("parts", "part_session_id_thread_page"),
        migrator.drop_index("parts", "part_session_id_thread_n"),
        migrator.add_index("parts", ("session_id", "page", "thread")),
        migrator.add_index("parts", ("session_id", "n", "thread")),
    )
