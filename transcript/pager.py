"""Pages of a thread: fixed at upload, so that a link to a page always shows the same items."""

from .weights import NOTHING, Weight

PAGE_ITEMS = 50
PAGE_NODES = 700
"""The first view may have 1,500 elements with header, index and all; rows get half of them."""
PAGE_BYTES = 48 << 10
"""Text of a page; 40 KB of gzipped HTML with its markup is the limit it keeps."""


class Pager:
    """Puts the items of one thread onto pages, in order; an item is never split."""

    __slots__ = ("_items", "_weight", "page")

    def __init__(self) -> None:
        self.page = 0
        """The newest page, from 1; 0 as long as there is no item."""
        self._items = 0
        self._weight = NOTHING

    def place(self, weight: Weight) -> int:
        """The page of the next item."""
        together = self._weight.plus(weight)
        full = self._items >= PAGE_ITEMS
        heavy = together.nodes > PAGE_NODES or together.size > PAGE_BYTES
        if not self._items or full or heavy:
            self.page += 1
            self._items, together = 0, weight
        self._items += 1
        self._weight = together
        return self.page

    def grow(self, page: int, weight: Weight) -> None:
        """An item got heavier: the newest page takes note, older ones are settled."""
        if page == self.page:
            self._weight = self._weight.plus(weight)
