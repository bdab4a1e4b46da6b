// The theme button, and times in the reader's own zone.
(function () {
  "use strict";
  var root = document.documentElement;

  function isDark() {
    var chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest("button.theme")) return;
    var theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    try { localStorage.setItem("theme", theme); } catch (error) { /* holds for this page only */ }
  });

  var clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  var day = new Intl.DateTimeFormat([], { day: "numeric", month: "short", year: "numeric" });
  var full = new Intl.DateTimeFormat([], { dateStyle: "full", timeStyle: "long" });

  function localise() {
    document.querySelectorAll("time[datetime]:not([title])").forEach(function (element) {
      var moment = new Date(element.dateTime);
      if (isNaN(moment)) return;
      element.title = full.format(moment);
      element.textContent = (element.dataset.show === "day" ? day : clock).format(moment);
    });
  }

  localise();
  var main = document.getElementById("main");
  if (main) new MutationObserver(localise).observe(main, { childList: true, subtree: true });
})();
