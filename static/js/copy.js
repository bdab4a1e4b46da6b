// A copy button on every block of code or output that is shown whole.
(function () {
  "use strict";
  var main = document.getElementById("main");
  if (!main || !navigator.clipboard) return;
  var told = document.createElement("p");
  told.className = "hidden";
  told.setAttribute("role", "status");
  document.body.append(told);

  function textOf(box) {
    return Array.from(box.querySelectorAll("pre:not(.gutter)"), function (pre) {
      return pre.textContent.replace(/\n$/, "");
    }).join("\n");
  }

  function equip() {
    main.querySelectorAll(".box:not(.can-copy)").forEach(function (box) {
      box.classList.add("can-copy");
      if (box.querySelector(".gap") || box.closest("dl")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      box.append(button);
    });
  }

  main.addEventListener("click", function (event) {
    var button = event.target.closest("button.copy");
    if (!button) return;
    navigator.clipboard.writeText(textOf(button.parentElement)).then(function () {
      button.textContent = told.textContent = "Copied";
      button.classList.add("done");
      setTimeout(function () {
        button.textContent = "Copy";
        told.textContent = "";
        button.classList.remove("done");
      }, 1500);
    });
  });

  equip();
  new MutationObserver(equip).observe(main, { childList: true, subtree: true });
})();
