"""Absolute and relative addresses of a share."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from .services import here


def base_url() -> str:
    """`https://share.example.org`: PUBLIC_URL, else the host that was asked."""
    return here().settings.public_url or request.host_url.rstrip("/")


def page_path(share_id: str, page: int) -> str:
    """The address of a page; the first has the bare link."""
    return f"/s/{share_id}" if page == 1 else f"/s/{share_id}?page={page}"


def rows_path(share_id: str, page: int) -> str:
    """The address of a page's rows alone."""
    return f"/s/{share_id}/messages?page={page}"


def item_path(share_id: str, number: str, page: int = 1) -> str:
    """The address of what opens inside a row; `page` walks a subagent's thread."""
    path = f"/s/{share_id}/items/{number}"
    return path if page == 1 else f"{path}?page={page}"


def prompts_path(share_id: str, page: int) -> str:
    """The address of a page of the prompt index alone."""
    return f"/s/{share_id}/prompts?page={page}"


def with_prompts_path(share_id: str, page: int) -> str:
    """The address of the session with that page of its prompt index."""
    return f"/s/{share_id}?prompts={page}"


def search_path(share_id: str, query: str, start: int) -> str:
    """The address of what is found from line `start` on."""
    return f"/s/{share_id}?{urlencode({'q': query, 'from': start})}"


def filter_path(share_id: str, name: str, after: int = 0) -> str:
    """The address of one kind of items, those after item `after`."""
    return f"/s/{share_id}?show={name}" + (f"&after={after}" if after else "")


def changes_path(share_id: str, *, after: str = "", file: str = "", start: int = 0) -> str:
    """The address of the changes: of files behind `after`, or of one file's from `start` on."""
    asked = {"after": after, "file": file, "from": start or ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/s/{share_id}/changes" + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """render's Links for a share that is looked at here."""

    share_id: str

    def item(self, number: str) -> str:
        """The permalink of an item."""
        return f"/s/{self.share_id}?m={number}#m-{number}"

    def body(self, number: str, page: int = 1) -> str:
        """The fragment that fills a row."""
        return item_path(self.share_id, number, page)

    def output(self, number: str) -> str:
        """A file with all that an item printed."""
        return item_path(self.share_id, number) + ".txt"

    def image(self, sha256: str, extension: str) -> str:
        """An image of this share."""
        return f"/s/{self.share_id}/images/{sha256}.{extension}"
