// Copying: blocks of code and output, links, whole messages as Markdown from the server.
(function () {
  "use strict";
  if (!ccshare.main || !navigator.clipboard) return;

  function textOf(box) {
    return Array.from(box.querySelectorAll("pre:not(.gutter)"), function (pre) {
      return pre.textContent.replace(/\n$/, "");
    }).join("\n");
  }

  function copied(button, what) {
    ccshare.tell(what + " copied");
    if (!button) return;
    var before = button.textContent;
    if (before === "Copied") return;
    button.textContent = "Copied";
    button.classList.add("done");
    setTimeout(function () {
      button.textContent = before;
      button.classList.remove("done");
    }, 1500);
  }

  function write(text, button, what) {
    return navigator.clipboard.writeText(text).then(
      function () { copied(button, what); },
      function () { ccshare.tell("The browser did not allow copying"); }
    );
  }

  ccshare.copyLink = function (item, button) {
    var link = new URL(ccshare.path + "?m=" + item.id.slice(2) + "#" + item.id, location.href);
    return write(link.href, button, "Link");
  };

  ccshare.copyMessage = function (item, button) {
    return fetch(ccshare.path + "/items/" + item.id.slice(2) + ".md").then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }).then(
      function (text) { return write(text, button, "Message"); },
      function () { ccshare.tell("The message could not be loaded: try again"); }
    );
  };

  // Blocks that are shown whole get a button; prompts, answers and open rows one for the message.
  ccshare.eachPart(function (part) {
    ccshare.within(part, ".box").forEach(function (box) {
      if (box.querySelector(".gap, .copy") || box.closest("dl")) return;
      box.append(ccshare.button("copy", "Copy"));
    });
    ccshare.within(part, ".under").forEach(function (under) {
      if (!under.querySelector("button")) under.append(ccshare.button("copy-message", "Copy as Markdown"));
    });
    ccshare.within(part, ".item.prompt, .item.answer").forEach(function (item) {
      var acts = ccshare.acts(item);
      if (!acts.querySelector(".copy-message")) acts.append(ccshare.button("copy-message", "Copy"));
    });
  });

  ccshare.main.addEventListener("click", function (event) {
    var button = event.target.closest("button.copy");
    if (button) return write(textOf(button.parentElement), button, "Text");
    button = event.target.closest("button.copy-message");
    if (button) return ccshare.copyMessage(button.closest(".item"), button);
    // A permalink gives its address: here, in the bar, and to the clipboard.
    var link = event.target.closest("a.permalink");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.href);
    write(link.href, null, "Link");
  });
})();
