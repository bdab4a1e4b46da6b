// Where the reader is: "prompt 2 of 3" in the bar, and the entry of the index that is in view.
(function () {
  "use strict";
  var main = ccshare.main;
  var bar = document.querySelector(".bar .progress");
  if (!main || !bar || !ccshare.path) return;
  var total = Number(main.dataset.prompts) || 0;
  var entry = null;

  // The prompt among the rows that stands before this item, or is it.
  function promptBefore(item) {
    var found = null;
    main.querySelectorAll(".item.prompt").forEach(function (prompt) {
      var place = prompt.compareDocumentPosition(item);
      var before = prompt === item || place & Node.DOCUMENT_POSITION_FOLLOWING || prompt.contains(item);
      if (before && !prompt.closest(".thread")) found = prompt;
    });
    return found;
  }

  // The entries of the index up to this item, the nearest first; none if nearer ones may not
  // be loaded.
  function entriesUpTo(item) {
    var number = Number(/^m-(\d+)/.exec(item.id)[1]);
    var links = Array.from(document.querySelectorAll(".index a[data-item]"));
    var before = links.filter(function (link) { return Number(link.dataset.item) <= number; });
    var further = document.querySelector(".index ol > .further:last-child");
    return further && before.length === links.length ? [] : before.reverse();
  }

  function mark(link) {
    if (link === entry) return;
    if (entry) entry.removeAttribute("aria-current");
    entry = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    var column = link.closest(".index");
    if (!column || column.scrollHeight <= column.clientHeight) return;
    var place = link.getBoundingClientRect(), frame = column.getBoundingClientRect();
    if (place.top < frame.top + 40) column.scrollTop -= frame.top + 40 - place.top;
    if (place.bottom > frame.bottom - 40) column.scrollTop += place.bottom - frame.bottom + 40;
  }

  function look() {
    var item = ccshare.itemAt(Math.min(160, innerHeight / 3));
    var entries = item ? entriesUpTo(item) : [];
    var counted = entries.map(function (link) { return link.querySelector("b"); }).find(Boolean);
    var prompt = item && !counted && promptBefore(item);
    var named = prompt && /^\s*#(\d+)/.exec(prompt.querySelector(".by").textContent);
    var ordinal = counted ? counted.textContent : named && named[1];
    mark(entries[0] || null);
    bar.textContent = ordinal && total ? "prompt " + ordinal + " of " + total : "";
  }

  var waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    setTimeout(function () { waiting = false; look(); }, 150);
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  soon();
})();
