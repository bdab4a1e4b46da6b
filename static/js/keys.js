// One-letter keys (see dialogs.js for the list). Off while typing, and if the reader says so.
(function () {
  "use strict";
  var main = ccshare.main;
  var path = ccshare.path;
  var PROMPT = ".item.prompt", ERROR = ".item.failed";
  var MOST_PAGES = 3;

  function onScreen(item) {
    var box = item.getBoundingClientRect();
    return box.bottom > 48 && box.top < innerHeight;
  }

  // The item with the focus if it is in sight, else the first that is.
  function current() {
    var focused = document.activeElement && document.activeElement.closest(".item");
    if (focused && main.contains(focused) && onScreen(focused)) return focused;
    return ccshare.itemAt(64);
  }

  function isFocused(item) {
    return document.activeElement && document.activeElement.closest(".item") === item;
  }

  // The next item that matches, or null. The one in sight counts, until it has the focus.
  function neighbour(step, selector) {
    var all = ccshare.items();
    var here = current();
    var at = all.indexOf(here);
    if (at < 0) at = step > 0 ? -1 : all.length;
    else if (step > 0 && !isFocused(here)) at -= 1;
    for (at += step; at >= 0 && at < all.length; at += step) {
      if (!selector || all[at].matches(selector)) return all[at];
    }
    return null;
  }

  function move(item, whole) {
    ccshare.show(item, false, whole ? "start" : "nearest");
  }

  // Loads the page before or after; resolves to false if there is none or it does not come.
  function load(step) {
    var more = main.querySelector(".flow > .more." + (step > 0 ? "next" : "prev"));
    if (!more) return Promise.resolve(false);
    return new Promise(function (resolve) {
      var observer = new MutationObserver(function () {
        if (!more.isConnected) { observer.disconnect(); resolve(true); }
      });
      observer.observe(main, { childList: true, subtree: true });
      setTimeout(function () { observer.disconnect(); resolve(false); }, 8000);
      if (step > 0) more.scrollIntoView({ block: "center" });
      else more.click();
    });
  }

  function edge(step) {
    var all = main.querySelectorAll(".flow > .rows .item");
    var item = all[step > 0 ? all.length - 1 : 0];
    return item ? item.id.slice(2).split(".")[0] : "0";
  }

  // Beyond what is loaded: the server knows.
  function ask(kind, step) {
    var side = step > 0 ? "after" : "before";
    fetch(path + "/next?kind=" + kind + "&" + side + "=" + edge(step)).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(
      function (found) {
        if (found.path) location.assign(found.path);
        else ccshare.tell("No " + (step > 0 ? "further " : "earlier ") + kind);
      },
      function () { ccshare.tell("The server did not answer: try again"); }
    );
  }

  function seek(step, selector, kind, pages) {
    var found = neighbour(step, selector);
    if (found) return move(found, true);
    if (pages <= 0) return ask(kind, step);
    return load(step).then(function (loaded) {
      if (loaded) seek(step, selector, kind, pages - 1);
      else ccshare.tell("No " + (step > 0 ? "further " : "earlier ") + kind);
    });
  }

  function step(way) {
    var found = neighbour(way);
    if (found) return move(found);
    return load(way).then(function (loaded) {
      var next = loaded && neighbour(way);
      if (next) move(next);
    });
  }

  function toggle() {
    var item = current();
    var row = item && item.closest("details");
    if (!row || !main.contains(row)) return;
    row.open = !row.open;
    row.querySelector("summary").focus({ preventScroll: true });
  }

  function first() {
    if (main.querySelector(".flow > .more.prev")) return location.assign(path);
    scrollTo(0, 0);
    var item = ccshare.items()[0];
    if (item) ccshare.show(item, false, "nearest");
  }

  function last() {
    var pages = main.dataset.pages;
    if (pages && main.querySelector(".flow > .more.next")) {
      return location.assign(path + "?page=" + pages + "#end");
    }
    var all = ccshare.items();
    if (all.length) ccshare.show(all[all.length - 1], false, "end");
    scrollTo(0, document.documentElement.scrollHeight);
  }

  function copyLink() {
    var item = current();
    if (item && ccshare.copyLink) ccshare.copyLink(item);
  }

  function copyMessage() {
    var item = current();
    if (item && ccshare.copyMessage) ccshare.copyMessage(item);
  }

  function search() {
    var field = document.querySelector("input[type=search]");
    if (!field) return false;
    var folded = field.closest("details:not([open])");
    if (folded) folded.open = true;
    field.focus();
    field.select();
    return true;
  }

  var EVERYWHERE = { "?": ccshare.help, t: ccshare.nextTheme, "/": search };
  var SESSION = {
    j: function () { step(1); },
    k: function () { step(-1); },
    n: function () { seek(1, PROMPT, "prompt", MOST_PAGES); },
    p: function () { seek(-1, PROMPT, "prompt", MOST_PAGES); },
    e: function () { seek(1, ERROR, "error", 0); },
    E: function () { seek(-1, ERROR, "error", 0); },
    o: toggle,
    x: function () { var item = current(); if (item) ccshare.toggleSection(item); },
    c: copyLink,
    y: copyMessage,
    G: last
  };

  function typing(element) {
    return element.isContentEditable || element.matches("input, textarea, select");
  }

  function escape() {
    if (document.activeElement) document.activeElement.blur();
    document.querySelectorAll(".here").forEach(function (old) { old.classList.remove("here"); });
  }

  var g = 0;
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return escape();
    if (typing(event.target)) return;
    if (!ccshare.keysOn()) return;
    var before = g;
    g = event.key === "g" ? event.timeStamp : 0;
    if (event.key === "g" && before && event.timeStamp - before < 1000 && path) {
      g = 0;
      return first();
    }
    var own = Object.prototype.hasOwnProperty;
    var action = own.call(EVERYWHERE, event.key) ? EVERYWHERE[event.key]
      : path && own.call(SESSION, event.key) ? SESSION[event.key] : null;
    if (action && action() !== false) event.preventDefault();
  });
})();
