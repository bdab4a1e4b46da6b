// Times in the reader's own zone; the whole moment on hover.
(function () {
  "use strict";
  var clock = new Intl.DateTimeFormat([], {
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23"
  });
  var day = new Intl.DateTimeFormat([], { day: "numeric", month: "short", year: "numeric" });
  var full = new Intl.DateTimeFormat([], { dateStyle: "full", timeStyle: "long" });

  ccshare.eachPart(function (part) {
    ccshare.within(part, "time[datetime]:not([title])").forEach(function (element) {
      var moment = new Date(element.dateTime);
      if (isNaN(moment)) return;
      element.title = full.format(moment);
      element.textContent = (element.dataset.show === "day" ? day : clock).format(moment);
    });
  });
})();
