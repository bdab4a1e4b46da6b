// In the head, before anything is painted: what the reader chose, and that scripts run.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("thinking") === "off") root.classList.add("no-thinking");
  } catch (error) { /* storage is switched off: the defaults it is */ }
})();
