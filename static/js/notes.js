/* Notes save themselves some seconds after somebody stops typing. Without this the button does. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-saves-itself]");
  if (!form || !window.fetch || !window.FormData) { return; }
  var state = form.querySelector("[data-save-state]");
  var version = form.elements.version;
  var waiting = null, sending = false, changed = false, stopped = false;

  function say(words) { if (state.textContent !== words) { state.textContent = words; } }

  function later() {
    if (stopped) { return; }
    changed = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 4000);
  }

  function save() {
    if (sending || stopped) { return; }
    sending = true;
    changed = false;
    var data = new FormData(form);
    data.append("by_itself", "1");
    window.fetch(form.getAttribute("action") || window.location.href, {
      method: "POST", body: data, credentials: "same-origin", redirect: "error"
    }).then(function (answer) {
      if (answer.status !== 200 && answer.status !== 409) { throw new Error("not saved"); }
      return answer.json().then(function (told) { return { status: answer.status, told: told }; });
    }).then(function (found) {
      if (found.status === 409) {
        stopped = true;
        say(found.told.by + " saved these notes meanwhile. Press Save to see both.");
        return;
      }
      version.value = found.told.version;
      say("Saved " + found.told.saved);
    }).catch(function () {
      say("Not saved: there is no connection, or you were signed out. What you typed is still here.");
      changed = true;
    }).then(function () {
      sending = false;
      if (changed && !stopped) { later(); }
    });
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", function () { stopped = true; window.clearTimeout(waiting); });
  window.addEventListener("beforeunload", function (event) {
    if (changed && !stopped) { event.preventDefault(); }
  });
}());
