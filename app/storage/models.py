"""The tables. All times are whole epoch seconds, UTC, unless a field says otherwise.

`migrations/` makes them; a change here needs a new migration there, and a test compares both.
"""

from typing import Any

import peewee

from .database import database

pw: Any = peewee
"""Typed Any: what its fields say to a checker is not what they are."""


class Session(database.Model):
    """One share: an owner's session at one link."""

    id: Any = pw.BigAutoField()
    share_id: Any = pw.FixedCharField(max_length=12, unique=True)
    owner: Any = pw.CharField(max_length=64)
    session_id: Any = pw.CharField(max_length=128)
    title: Any = pw.TextField()
    project_name: Any = pw.TextField()
    branch: Any = pw.TextField()
    model: Any = pw.TextField()
    session_date: Any = pw.BigIntegerField(null=True)
    """When the session began."""
    created_at: Any = pw.BigIntegerField()
    updated_at: Any = pw.BigIntegerField()
    expires_at: Any = pw.BigIntegerField(null=True, index=True)
    """Null: never."""
    lifetime: Any = pw.BigIntegerField()
    """Seconds from an upload to its expiry; 0: never. Kept for uploads that do not say."""
    message_count: Any = pw.IntegerField()
    total_input_tokens: Any = pw.BigIntegerField()
    total_output_tokens: Any = pw.BigIntegerField()
    visibility: Any = pw.CharField(max_length=16)
    revision: Any = pw.IntegerField()
    """Counts uploads."""
    edition: Any = pw.IntegerField()
    """Counts changes of any kind: what caches and ETags go by."""
    pages: Any = pw.IntegerField()
    """Pages of the main thread."""
    header: Any = pw.TextField()
    """JSON: the shared document's first line, as it came."""
    facts: Any = pw.TextField()
    """JSON: transcript.facts.Facts."""
    first_prompt: Any = pw.TextField()
    counts: Any = pw.TextField(default="")
    """JSON: items of the main thread by filter, entries of the index, bytes of the downloads;
    "" until `turns`, `changes` and `word_lists` are filled."""
    dictionary: Any = pw.BlobField()
    """What the message bodies were compressed with."""
    stored_bytes: Any = pw.BigIntegerField(default=0)
    """Compressed bodies, images, spilled texts and the dictionary: what quotas count."""

    class Meta:
        table_name = "sessions"
        indexes = (
            (("owner", "session_id"), True),
            (("owner", "id"), False),
            # Usage is added up from this index alone (see quotas).
            (("owner", "expires_at", "stored_bytes", "message_count"), False),
        )


class Message(database.Model):
    """One shared line, in the order of the document."""

    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    sequence: Any = pw.IntegerField()
    type: Any = pw.CharField(max_length=32)
    role: Any = pw.CharField(max_length=16)
    model: Any = pw.CharField(max_length=128)
    tokens: Any = pw.BigIntegerField()
    """Output tokens, as this line states them."""
    timestamp: Any = pw.BigIntegerField(null=True)
    """Milliseconds since the epoch."""
    has_thinking: Any = pw.BooleanField()
    has_tool_use: Any = pw.BooleanField()
    content: Any = pw.BlobField()
    """The line as JSON, compressed (see packing)."""

    class Meta:
        table_name = "messages"
        primary_key = pw.CompositeKey("session", "sequence")


class Part(database.Model):
    """One block's place in an item: transcript.model.Part, row by row."""

    id: Any = pw.BigAutoField()
    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    thread: Any = pw.CharField(max_length=255)
    n: Any = pw.IntegerField()
    page: Any = pw.IntegerField()
    sequence: Any = pw.IntegerField()
    block: Any = pw.IntegerField()
    role: Any = pw.CharField(max_length=16)
    kind: Any = pw.CharField(max_length=16)
    name: Any = pw.TextField()
    error: Any = pw.BooleanField()
    about: Any = pw.TextField(default="")

    class Meta:
        table_name = "parts"
        indexes = (
            (("session", "page", "thread"), False),
            (("session", "n", "thread"), False),
        )


class File(database.Model):
    """A further file of the document: a subagent's lines, or a spilled output's text."""

    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    ordinal: Any = pw.IntegerField()
    sequence: Any = pw.IntegerField()
    """The document goes on with this message after the file's header."""
    path: Any = pw.TextField()
    meta: Any = pw.TextField()
    """JSON, or "" if the header had none."""
    content: Any = pw.BlobField(null=True)
    """The text, compressed; null for a file of lines."""

    class Meta:
        table_name = "files"
        primary_key = pw.CompositeKey("session", "ordinal")


class Image(database.Model):
    """An image of a session, stored once however often it occurs in it."""

    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    sha256: Any = pw.FixedCharField(max_length=64)
    media_type: Any = pw.CharField(max_length=16)
    content: Any = pw.BlobField()

    class Meta:
        table_name = "images"
        primary_key = pw.CompositeKey("session", "sha256")


class Turn(database.Model):
    """An entry of the prompt index: transcript.turns.Turn."""

    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    n: Any = pw.IntegerField()
    ordinal: Any = pw.IntegerField()
    number: Any = pw.IntegerField()
    kind: Any = pw.CharField(max_length=16)
    text: Any = pw.TextField()
    tools: Any = pw.IntegerField()
    errors: Any = pw.IntegerField()
    commit: Any = pw.CharField(max_length=40)

    class Meta:
        table_name = "turns"
        primary_key = pw.CompositeKey("session", "n")
        indexes = ((("session", "ordinal"), False),)


class Change(database.Model):
    """What one result did to one file; `ordinal` in the order of the document."""

    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    ordinal: Any = pw.IntegerField()
    path: Any = pw.TextField()
    thread: Any = pw.CharField(max_length=255)
    n: Any = pw.IntegerField()
    root: Any = pw.IntegerField()
    """The item of the main thread that it happened in."""
    sequence: Any = pw.IntegerField()
    """The line that holds its result."""
    added: Any = pw.IntegerField()
    removed: Any = pw.IntegerField()
    created: Any = pw.BooleanField()
    basis: Any = pw.CharField(max_length=16, default="patch")
    """What is known of it: transcript.changes.Basis."""

    class Meta:
        table_name = "changes"
        primary_key = pw.CompositeKey("session", "ordinal")
        indexes = ((("session", "root"), False), (("session", "path", "ordinal"), False))


class WordList(database.Model):
    """Some words of a segment of a session and where they stand (see storage.words)."""

    session: Any = pw.ForeignKeyField(Session, on_delete="CASCADE", index=False)
    segment: Any = pw.IntegerField()
    first: Any = pw.BlobField()
    """The first word, UTF-8: bytes sort alike in every database, texts do not. Empty: `content`
    says where the segment's passages begin."""
    last: Any = pw.BlobField()
    content: Any = pw.BlobField()

    class Meta:
        table_name = "word_lists"
        primary_key = pw.CompositeKey("session", "segment", "first")


class ApiKey(database.Model):
    """A key's digest and whose it is; the key itself is nowhere."""

    id: Any = pw.BigAutoField()
    owner: Any = pw.CharField(max_length=64, index=True)
    prefix: Any = pw.FixedCharField(max_length=8, index=True)
    digest: Any = pw.FixedCharField(max_length=64)
    created_at: Any = pw.BigIntegerField()
    last_used_at: Any = pw.BigIntegerField(null=True)
    revoked_at: Any = pw.BigIntegerField(null=True)
    """May lie ahead: valid until then. Null: valid."""

    class Meta:
        table_name = "api_keys"


class Gone(database.Model):
    """A tombstone: this id was a share once. Nothing else of it is kept."""

    share_id: Any = pw.FixedCharField(max_length=12, primary_key=True)
    gone_at: Any = pw.BigIntegerField()

    class Meta:
        table_name = "gone"


TABLES = (Session, Message, Part, File, Image, Turn, Change, WordList, ApiKey, Gone)
