// A link to a message: open its row, bring it into view; if it is on another page, go there.
(function () {
  "use strict";
  var main = ccshare.main;
  var path = ccshare.path;
  if (!path) return;

  // Brings an item into view, opening what it stands in and, with `open`, itself; focuses it.
  ccshare.show = function (element, open, block) {
    var first = open ? element : element.parentElement;
    for (var row = first.closest("details"); row; row = row.parentElement.closest("details")) {
      row.open = true;
    }
    if (open) {
      main.querySelectorAll(".here").forEach(function (old) { old.classList.remove("here"); });
      element.classList.add("here");
    }
    element.scrollIntoView({ block: block || "start" });
    focus(element);
  };

  function focus(element) {
    var summary = element.querySelector(":scope > summary");
    (summary || element).focus({ preventScroll: true });
  }

  // A row of a thread comes with the thread: wait for it, but not for ever.
  function await_(id) {
    var observer = new MutationObserver(function () {
      var element = document.getElementById(id);
      if (element) { observer.disconnect(); ccshare.show(element, true); }
    });
    observer.observe(main, { childList: true, subtree: true });
    setTimeout(function () { observer.disconnect(); }, 10000);
  }

  function go() {
    var match = /^#(m-(\d+)([\d.]*))$/.exec(location.hash);
    if (!match) return;
    var element = document.getElementById(match[1]);
    if (element) return ccshare.show(element, true);
    var outer = match[3] && document.getElementById("m-" + match[2]);
    if (outer) { ccshare.show(outer, true); return await_(match[1]); }
    var number = match[2] + match[3];
    if (new URLSearchParams(location.search).get("m") === number) return;
    location.replace(path + "?m=" + number + location.hash);
  }

  // The browser goes to the fragment as well, after us, and takes the focus away.
  addEventListener("load", function () {
    setTimeout(function () {
      var element = main.querySelector(".here");
      if (element && document.activeElement === document.body) focus(element);
    });
  });
  addEventListener("hashchange", go);
  go();
})();
