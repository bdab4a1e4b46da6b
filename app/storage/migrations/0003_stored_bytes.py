"""What each share takes, in its own row, and an index from which usage is added up."""

from typing import Any

_COUNT = """
UPDATE sessions SET stored_bytes = LENGTH(dictionary)
    + (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM messages WHERE session_id = sessions.id)
    + (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM files WHERE session_id = sessions.id)
    + (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM images WHERE session_id = sessions.id)
"""


def up(migrator: Any, db: Any) -> None:
    """Add the column, count once, add the index."""
    # Plain SQL: the migrator makes a new table on SQLite and drops the old one, and with it, by
    # the foreign keys, every row that refers to it.
    db.execute_sql("ALTER TABLE sessions ADD COLUMN stored_bytes BIGINT NOT NULL DEFAULT 0")
    db.execute_sql(_COUNT)
    migrator.migrate(
        migrator.add_index("sessions", ("owner", "expires_at", "stored_bytes", "message_count"))
    )
