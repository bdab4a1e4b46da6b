"""Absolute and relative addresses of a share."""

from dataclasses import dataclass

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

    def image(self, sha256: str, extension: str) -> str:
        """An image of this share."""
        return f"/s/{self.share_id}/images/{sha256}.{extension}"
