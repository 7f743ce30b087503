// The running total of what is ticked. The server prices everything again; without this nothing is lost.
"use strict";
document.querySelectorAll("form[data-total]").forEach((form) => {
  const line = form.querySelector("[data-total-line]");
  const output = form.querySelector("[data-total-output]");
  if (!line || !output) return;
  const pence = (amount) => Math.round(parseFloat(amount || "0") * 100);
  const isOut = (element) => {
    const panel = element.closest("fieldset.person");
    const mark = panel && panel.querySelector("[data-removes]");
    return Boolean(mark && mark.checked);
  };
  const add = () => {
    let sum = 0;
    form.querySelectorAll("input[data-amount]:checked, option[data-amount]:checked").forEach((chosen) => {
      if (!isOut(chosen)) sum += pence(chosen.dataset.amount);
    });
    line.hidden = false;
    output.textContent = sum ? `£${(sum / 100).toFixed(2)}` : "nothing to pay";
  };
  form.addEventListener("change", add);
  add();
});
