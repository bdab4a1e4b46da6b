"""The first tables. Frozen: later changes of the models come as later migrations."""

from typing import Any

import peewee

pw: Any = peewee


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - the runner's signature
    """Create everything."""

    class Session(db.Model):
        id = pw.BigAutoField()
        share_id = pw.FixedCharField(max_length=12, unique=True)
        owner = pw.CharField(max_length=64)
        session_id = pw.CharField(max_length=128)
        title = pw.TextField()
        project_name = pw.TextField()
        branch = pw.TextField()
        model = pw.TextField()
        session_date = pw.BigIntegerField(null=True)
        created_at = pw.BigIntegerField()
        updated_at = pw.BigIntegerField()
        expires_at = pw.BigIntegerField(null=True, index=True)
        lifetime = pw.BigIntegerField()
        message_count = pw.IntegerField()
        total_input_tokens = pw.BigIntegerField()
        total_output_tokens = pw.BigIntegerField()
        visibility = pw.CharField(max_length=16)
        revision = pw.IntegerField()
        edition = pw.IntegerField()
        pages = pw.IntegerField()
        header = pw.TextField()
        facts = pw.TextField()
        first_prompt = pw.TextField()
        dictionary = pw.BlobField()

        class Meta:
            table_name = "sessions"
            indexes = ((("owner", "session_id"), True),)

    class Message(db.Model):
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        sequence = pw.IntegerField()
        type = pw.CharField(max_length=32)
        role = pw.CharField(max_length=16)
        model = pw.CharField(max_length=128)
        tokens = pw.BigIntegerField()
        timestamp = pw.BigIntegerField(null=True)
        has_thinking = pw.BooleanField()
        has_tool_use = pw.BooleanField()
        content = pw.BlobField()

        class Meta:
            table_name = "messages"
            primary_key = pw.CompositeKey("session", "sequence")

    class Part(db.Model):
        id = pw.BigAutoField()
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        thread = pw.CharField(max_length=255)
        n = pw.IntegerField()
        page = pw.IntegerField()
        sequence = pw.IntegerField()
        block = pw.IntegerField()
        role = pw.CharField(max_length=16)
        kind = pw.CharField(max_length=16)
        name = pw.TextField()
        error = pw.BooleanField()

        class Meta:
            table_name = "parts"
            indexes = (
                (("session", "thread", "page"), False),
                (("session", "thread", "n"), False),
            )

    class File(db.Model):
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        ordinal = pw.IntegerField()
        sequence = pw.IntegerField()
        path = pw.TextField()
        meta = pw.TextField()
        content = pw.BlobField(null=True)

        class Meta:
            table_name = "files"
            primary_key = pw.CompositeKey("session", "ordinal")

    class Image(db.Model):
        session = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
        sha256 = pw.FixedCharField(max_length=64)
        media_type = pw.CharField(max_length=16)
        content = pw.BlobField()

        class Meta:
            table_name = "images"
            primary_key = pw.CompositeKey("session", "sha256")

    class ApiKey(db.Model):
        id = pw.BigAutoField()
        owner = pw.CharField(max_length=64, index=True)
        prefix = pw.FixedCharField(max_length=8, index=True)
        digest = pw.FixedCharField(max_length=64)
        created_at = pw.BigIntegerField()
        last_used_at = pw.BigIntegerField(null=True)
        revoked_at = pw.BigIntegerField(null=True)

        class Meta:
            table_name = "api_keys"

    class Gone(db.Model):
        share_id = pw.FixedCharField(max_length=12, primary_key=True)
        gone_at = pw.BigIntegerField()

        class Meta:
            table_name = "gone"

    db.create_tables([Session, Message, Part, File, Image, ApiKey, Gone])
