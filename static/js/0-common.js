// What the other modules share: memory, the live region, and news of rows that were added.
var ccshare = (function () {
  "use strict";
  var main = document.getElementById("main");
  var root = document.documentElement;
  var region = document.createElement("p");
  region.className = "hidden";
  region.setAttribute("role", "status");
  (main || document.body).append(region);

  var fading;
  function tell(text) {
    region.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(function () { region.textContent = ""; }, 2000);
  }

  function kept(name) {
    try { return localStorage.getItem(name); } catch (error) { return null; }
  }

  function keep(name, value) {
    try { localStorage.setItem(name, value); } catch (error) { /* holds for this page only */ }
  }

  // `equip(root)` now, and again for whatever htmx puts into the page.
  function eachPart(equip) {
    if (!main) return;
    equip(main);
    new MutationObserver(function (records) {
      records.forEach(function (record) {
        record.addedNodes.forEach(function (node) {
          if (node.nodeType === 1 && node.isConnected) equip(node);
        });
      });
    }).observe(main, { childList: true, subtree: true });
  }

  function within(part, selector) {
    var found = Array.from(part.querySelectorAll(selector));
    return part.matches(selector) ? [part].concat(found) : found;
  }

  function button(name, text) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = text;
    return made;
  }

  // The corner of a message where its buttons stand.
  function acts(item) {
    var found = item.querySelector(":scope > .acts");
    if (!found) {
      found = document.createElement("p");
      found.className = "acts";
      item.append(found);
    }
    return found;
  }

  // The items a reader can see, in order: none in a row that is closed.
  function items() {
    return Array.from(main.querySelectorAll(".item")).filter(function (item) {
      return !item.parentElement.closest("details:not([open])") &&
        !(item.matches(".thought") && root.classList.contains("no-thinking"));
    });
  }

  // The item at this height of the window: what the reader looks at.
  function itemAt(height) {
    var box = main.getBoundingClientRect();
    for (var y = height; y < innerHeight; y += 16) {
      var found = document.elementFromPoint(box.left + box.width / 2, y);
      var item = found && found.closest(".item");
      if (item && main.contains(item)) return item;
    }
    return null;
  }

  // The live region may stand in a page of the session, so a dialog takes it along.
  function house(parent) { (parent || main || document.body).append(region); }

  return {
    main: main,
    root: root,
    path: (main && main.dataset.session) || "",
    tell: tell,
    house: house,
    kept: kept,
    keep: keep,
    eachPart: eachPart,
    acts: acts,
    items: items,
    itemAt: itemAt,
    within: within,
    button: button
  };
})();
