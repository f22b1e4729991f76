/**
 * Loads the page anew when there is another build of the site; shows what is wrong with a build
 * that failed, until it is mended. Only `serve` sends this script.
 */
(function () {
  "use strict";
  var builds = -1;
  var error = "";
  var box = null;

  function show(text) {
    if (!box && text) {
      box = document.createElement("pre");
      box.id = "build-error";
      box.setAttribute("role", "alert");
      box.style.cssText =
        "position:fixed;inset:auto 0 0 0;z-index:2147483647;margin:0;padding:1em;max-height:60vh;" +
        "overflow:auto;white-space:pre-wrap;background:#7a0012;color:#fff;font:14px/1.5 monospace";
      document.body.appendChild(box);
    }
    if (box) {
      box.textContent = text;
      box.hidden = !text;
    }
  }

  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", "/.reload?builds=" + builds + "&error=" + encodeURIComponent(error));
    request.onload = function () {
      if (request.status !== 200) {
        setTimeout(ask, 1000);
        return;
      }
      var news = JSON.parse(request.responseText);
      if (builds >= 0 && news.builds !== builds) {
        location.reload();
        return;
      }
      builds = news.builds;
      error = news.error;
      show(error);
      ask();
    };
    request.onerror = function () {
      setTimeout(ask, 1000);
    };
    request.send();
  }

  ask();
})();
