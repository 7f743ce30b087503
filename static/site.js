// Small kindnesses; every page works without them.
"use strict";
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
// The name menu closes on Escape and when the focus or a tap goes elsewhere.
const menu = document.querySelector(".name-menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  const closeOutside = (event) => { if (!menu.contains(event.target)) menu.open = false; };
  document.addEventListener("click", closeOutside);
  document.addEventListener("focusin", closeOutside);
}
// What a steward's phone keeps for the door goes with the sign-in, and with the day.
try {
  const kept = JSON.parse(localStorage.getItem("door-list") || "null");
  if (kept && (!menu || Date.now() >= kept.until)) localStorage.removeItem("door-list");
} catch {
  // a browser that keeps nothing has nothing to forget
}
