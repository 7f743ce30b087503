/* What Django's admin leaves out for people who do not use a mouse or do not see the page:
   its search-and-choose boxes and the fields in the cells of its tables have no name, and wide
   tables cannot be scrolled by keyboard. */
"use strict";

(() => {
  const HOLDS_FOCUS = "a[href], button, select, textarea, input:not([type=hidden])";

  const nameBox = (select) => {
    const label = select.getAttribute("aria-label") || (select.labels[0] && select.labels[0].textContent);
    const box = select.nextElementSibling;
    if (!label || !box || !box.classList.contains("select2")) return;
    const name = label.trim().replace(/:$/, "");
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
      part.removeAttribute("aria-labelledby");
      const chosen = select.selectedOptions[0] ? select.selectedOptions[0].textContent.trim() : "";
      part.setAttribute("aria-label", chosen ? `${name}: ${chosen}` : name);
    }
  };

  const words = (element) => (element ? element.textContent.trim().replace(/\s+/g, " ") : "");

  // A field in a cell is called by its column and its row, as one who sees the table reads it.
  const nameField = (field) => {
    if (field.labels.length || field.hasAttribute("aria-label")) return;
    const cell = field.closest("td");
    const head = cell.closest("table").querySelectorAll("thead tr:last-child > *")[cell.cellIndex];
    const row = cell.parentElement.querySelector("th, .original p");
    const column = field.name.endsWith("-DELETE") ? "Delete" : words(head && (head.querySelector(".text") || head));
    field.setAttribute("aria-label", [column, words(row && row.firstChild)].filter(Boolean).join(": "));
  };

  // A button that prints works only where there is a script, so it is hidden until then.
  const print = (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  };

  const mend = () => {
    document.querySelectorAll("[data-print]").forEach(print);
    document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
    document
      .querySelectorAll("td :is(input:not([type=hidden]), select, textarea):not([aria-label])")
      .forEach(nameField);
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll(".inline-group, .results, .module")) {
      if (!group.querySelector(HOLDS_FOCUS) && group.querySelector("table")) group.tabIndex = 0;
    }
    // the boxes are made a moment later, and again for each line that is added
    new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
    mend();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("select.admin-autocomplete")) nameBox(event.target);
  });
})();
