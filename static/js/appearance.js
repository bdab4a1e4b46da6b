// The theme button (system, light, dark) and whether thinking is shown. Both are remembered.
(function () {
  "use strict";
  var order = ["system", "light", "dark"];
  var root = ccshare.root;

  function theme() { return root.dataset.theme || "system"; }

  function label() {
    document.querySelectorAll("button.theme").forEach(function (button) {
      var text = "Theme: " + theme();
      button.setAttribute("aria-label", text);
      button.title = text;
    });
    var bright = theme() === "light" ? "#ffffff" : "#14171c";
    document.querySelectorAll("meta[name=theme-color]").forEach(function (meta) {
      var own = meta.media.indexOf("dark") < 0 ? "#ffffff" : "#14171c";
      meta.content = theme() === "system" ? own : bright;
    });
  }

  function setTheme(chosen) {
    if (chosen === "system") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    ccshare.keep("theme", chosen);
    label();
    ccshare.tell("Theme: " + chosen);
  }

  ccshare.nextTheme = function () {
    setTheme(order[(order.indexOf(theme()) + 1) % order.length]);
  };
  ccshare.showThinking = function (shown) {
    root.classList.toggle("no-thinking", !shown);
    ccshare.keep("thinking", shown ? "on" : "off");
    document.querySelectorAll("input[data-setting=thinking]").forEach(function (box) {
      box.checked = shown;
    });
  };
  ccshare.thinkingShown = function () { return !root.classList.contains("no-thinking"); };

  document.addEventListener("click", function (event) {
    if (event.target.closest("button.theme")) ccshare.nextTheme();
  });
  document.addEventListener("change", function (event) {
    if (event.target.dataset.setting === "thinking") ccshare.showThinking(event.target.checked);
  });
  label();
})();
