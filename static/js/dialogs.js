// Two dialogs, made when they are first asked for: the help, and an image in full size.
// Escape and a click beside them close them; the browser gives the focus back.
(function () {
  "use strict";

  function made(name, title) {
    var dialog = document.createElement("dialog");
    dialog.className = name;
    dialog.setAttribute("aria-label", title);
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog || event.target.closest(".close")) dialog.close();
    });
    dialog.addEventListener("close", function () { ccshare.house(null); });
    document.body.append(dialog);
    return dialog;
  }

  function show(dialog) {
    ccshare.house(dialog);
    dialog.showModal();
  }

  var KEYS = [
    ["j k", "next, previous message"],
    ["n p", "next, previous prompt"],
    ["e E", "next, previous error"],
    ["o Enter", "open or close the row"],
    ["x", "open or close all rows of this prompt"],
    ["/", "search"],
    ["c", "copy the link to the message"],
    ["y", "copy the message as Markdown"],
    ["g g", "first message"],
    ["G", "last message"],
    ["t", "theme"],
    ["?", "this help"],
    ["Esc", "close"]
  ];

  function element(tag, text, parent) {
    var child = document.createElement(tag);
    child.textContent = text;
    parent.append(child);
    return child;
  }

  function setting(parent, name, text, checked) {
    var label = element("label", "", parent);
    var box = document.createElement("input");
    box.type = "checkbox";
    box.dataset.setting = name;
    box.checked = checked;
    label.append(box, " " + text);
    return box;
  }

  var help;
  function makeHelp() {
    help = made("help", "Help");
    element("h2", "Keys", help);
    var list = element("dl", "", help);
    KEYS.forEach(function (pair) {
      var row = element("div", "", list);
      var term = element("dt", "", row);
      pair[0].split(" ").forEach(function (key, at) {
        if (at) term.append(" ");
        element("kbd", key, term);
      });
      element("dd", pair[1], row);
    });
    element("h2", "Settings", help);
    setting(help, "keys", "Keys are on", ccshare.keysOn()).addEventListener("change", function () {
      ccshare.keep("keys", this.checked ? "on" : "off");
    });
    setting(help, "thinking", "Show thinking", ccshare.thinkingShown());
    help.append(ccshare.button("close", "Close"));
  }

  ccshare.keysOn = function () { return ccshare.kept("keys") !== "off"; };
  ccshare.help = function () {
    if (!help) makeHelp();
    if (!help.open) show(help);
  };

  var viewer;
  function showImage(link) {
    var small = link.querySelector("img");
    if (!viewer) viewer = made("viewer", "Image");
    var image = document.createElement("img");
    image.src = link.href;
    image.alt = small ? small.alt : "";
    var whole = document.createElement("a");
    whole.href = link.href;
    whole.textContent = "Open the file";
    var foot = document.createElement("p");
    foot.append(whole, " ", ccshare.button("close", "Close"));
    viewer.replaceChildren(image, foot);
    show(viewer);
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("button.keys")) return ccshare.help();
    var link = event.target.closest("a.picture");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    showImage(link);
  });
})();
