// Opening and closing many rows: all of a prompt, all of the page.
(function () {
  "use strict";
  var main = ccshare.main;
  if (!main || !ccshare.path) return;

  function rowsOf(items) {
    return items.reduce(function (rows, item) {
      var own = item.tagName === "DETAILS" ? [item] : [];
      return rows.concat(own, Array.from(item.querySelectorAll("details.item")));
    }, []);
  }

  // The rows from a prompt to the next one, in the same thread; before the first prompt, those.
  function sectionOf(item) {
    var all = ccshare.items();
    var at = all.indexOf(item);
    while (at > 0 && !all[at].matches(".prompt")) at -= 1;
    var section = [];
    for (var next = at; next < all.length; next += 1) {
      if (next > at && all[next].matches(".prompt")) break;
      section.push(all[next]);
    }
    return section;
  }

  // A few at a time: each may ask the server for its body.
  function setAll(rows, open) {
    rows.slice(0, 6).forEach(function (row) { row.open = open; });
    if (rows.length > 6) setTimeout(setAll, open ? 60 : 0, rows.slice(6), open);
  }

  function toggle(rows) {
    if (!rows.length) return ccshare.tell("Nothing to open here");
    var open = rows.some(function (row) { return !row.open; });
    setAll(rows.filter(function (row) { return row.open !== open; }), open);
    ccshare.tell(open ? "All rows opened" : "All rows closed");
  }

  ccshare.toggleSection = function (item) { toggle(rowsOf(sectionOf(item))); };

  ccshare.eachPart(function (part) {
    ccshare.within(part, ".item.prompt").forEach(function (item) {
      var acts = ccshare.acts(item);
      if (!item.closest(".thread") && !acts.querySelector(".fold")) acts.prepend(ccshare.button("fold", "Open all"));
    });
  });
  main.addEventListener("click", function (event) {
    var button = event.target.closest("button.fold, button.fold-page");
    if (!button) return;
    if (button.matches(".fold-page")) toggle(rowsOf(ccshare.items()));
    else ccshare.toggleSection(button.closest(".item"));
  });

  // On paper, what is loaded is open.
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.from(main.querySelectorAll("details.item:not([open])")).filter(function (row) {
      return !row.querySelector(":scope > .body > a:only-child");
    });
    closed.forEach(function (row) { row.open = true; });
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (row) { row.open = false; });
  });
})();
