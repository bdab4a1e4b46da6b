// A link to a message: open its row, bring it into view; if it is on another page, go there.
(function () {
  "use strict";
  var main = document.getElementById("main");
  var path = main && main.dataset.session;
  if (!path) return;

  function show(element) {
    for (var row = element; row; row = row.parentElement.closest("details")) {
      if (row.tagName === "DETAILS") row.open = true;
      if (!row.parentElement) break;
    }
    main.querySelectorAll(".here").forEach(function (old) { old.classList.remove("here"); });
    element.classList.add("here");
    element.scrollIntoView();
    (element.querySelector(":scope > summary") || element).focus({ preventScroll: true });
  }

  // A row of a thread comes with the thread: wait for it, but not for ever.
  function await_(id) {
    var observer = new MutationObserver(function () {
      var element = document.getElementById(id);
      if (element) { observer.disconnect(); show(element); }
    });
    observer.observe(main, { childList: true, subtree: true });
    setTimeout(function () { observer.disconnect(); }, 10000);
  }

  function go() {
    var match = /^#(m-(\d+)([\d.]*))$/.exec(location.hash);
    if (!match) return;
    var element = document.getElementById(match[1]);
    if (element) return show(element);
    var outer = match[3] && document.getElementById("m-" + match[2]);
    if (outer) { show(outer); return await_(match[1]); }
    var number = match[2] + match[3];
    if (new URLSearchParams(location.search).get("m") === number) return;
    location.replace(path + "?m=" + number + location.hash);
  }

  addEventListener("hashchange", go);
  go();
})();
