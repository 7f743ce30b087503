/*
 * The door without a connection. The page works without this script as long as there is one.
 *
 * Kept in this browser: `door-list`, the badges of one door (no names) until the day is over or
 * nobody is signed in (site.js looks on every page); `door-queue`, what was decided here and is not
 * yet known to the server. A scan leaves the queue only when the server has answered its nonce, and
 * the server counts a nonce once: nothing is lost and nothing is counted twice.
 */
"use strict";
(() => {
  const desk = document.querySelector("[data-door]");
  const form = document.querySelector("[data-door-form]");
  if (!desk || !form || !window.crypto || !crypto.subtle) return;
  const LIST = "door-list", QUEUE = "door-queue", PATIENCE = 6000, FRESH = 60000, BATCH = 50;
  const door = desk.dataset.door;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const field = form.querySelector("[name=code]"), nonce = form.querySelector("[name=nonce]");
  const state = desk.querySelector("[data-door-state]");
  const said = desk.querySelector("[data-door-said]");
  const disputed = desk.querySelector("[data-door-disputed]");
  const answer = desk.querySelector("template[data-door-answer]");
  let sending = null;

  const read = (name, otherwise) => {
    try { return JSON.parse(localStorage.getItem(name)) || otherwise; } catch { return otherwise; }
  };
  const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));
  const list = () => {
    const kept = read(LIST, null);
    return kept && kept.door === door && Date.now() < kept.until ? kept : null;
  };
  const waiting = () => read(QUEUE, []).filter((scan) => scan.door === door);

  const ask = async (url, options) => {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    if (response.redirected || !response.ok) throw new Error("not answered");
    return response.json();
  };

  const tell = () => {
    const number = waiting().length;
    const kept = list();
    const parts = [];
    if (number) parts.push(`${number} ${number === 1 ? "scan waits" : "scans wait"} on this phone.`);
    if (!navigator.onLine) parts.push(kept ? "No connection: badges are checked by the list on this phone." : "No connection, and no list on this phone.");
    state.hidden = parts.length === 0;
    if (state.textContent !== parts.join(" ")) state.textContent = parts.join(" ");
  };

  const download = async () => {
    const kept = list();
    if (waiting().length || (kept && Date.now() - kept.at < FRESH)) return;
    const got = await ask(desk.dataset.badges, {});
    write(LIST, { door, at: Date.now(), until: Date.now() + got.lasts, badges: got.badges });
  };

  const send = async () => {
    const batch = waiting().slice(0, BATCH);
    if (!batch.length) return;
    const scans = batch.map((scan) => ({
      nonce: scan.nonce, key: scan.key, direction: scan.direction, waited: Date.now() - scan.at,
    }));
    const got = await ask(desk.dataset.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ scans }),
    });
    const answered = new Map(got.answers.map((one) => [one.nonce, one]));
    batch.filter((scan) => scan.outcome === "admitted").forEach((scan) => {
      const one = answered.get(scan.nonce);
      if (one && one.outcome === "refused") dispute(scan, one.words);
    });
    write(QUEUE, read(QUEUE, []).filter((scan) => !answered.has(scan.nonce)));
    desk.querySelector("[data-door-inside]").textContent = got.inside;
    if (waiting().length) await send();
  };

  const dispute = (scan, words) => {
    const line = document.createElement("li");
    line.textContent = `This phone let in ${scan.short || "a badge"}, but: ${words}`;
    disputed.append(line);
    disputed.hidden = false;
  };

  const synchronise = () => {
    sending = sending || send().then(download).catch(() => {}).finally(() => { sending = null; tell(); });
    return sending;
  };

  const keyOf = async (typed) => {
    const bare = typed.replace(/[^0-9a-z]/gi, "").toUpperCase();
    if (bare.length === 8) return `${bare.slice(0, 4)}-${bare.slice(4)}`;
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(bare));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const decide = (key) => {
    const kept = list();
    if (!kept) return ["refused", "", "There is no list on this phone. Write the code on paper and let the desk know.", null];
    const badge = kept.badges.find(([hash, short]) => hash === key || short === key);
    if (!badge) return ["refused", "", "This code is not on the list of this phone. Please send them to the registration desk.", null];
    const [, , role, refusal, isIn] = badge;
    if (refusal) return ["refused", role, refusal, badge];
    if (isIn) return ["refused", role, "Already in. If they went out, let them in and say so at the desk.", badge];
    return ["admitted", role, "", badge];
  };

  const show = (outcome, role, words) => {
    const shown = answer.content.cloneNode(true).firstElementChild;
    shown.classList.add(`door-answer-${outcome}`);
    shown.querySelector(".door-answer-word").textContent = outcome === "admitted" ? "Come in" : "Stop";
    shown.querySelector(".door-answer-role").textContent = role ? role[0].toUpperCase() + role.slice(1) : "";
    shown.querySelector(".door-answer-text").textContent = words || "No connection: counted on this phone.";
    said.replaceChildren(shown);
  };

  const here = async (code, used) => {
    const key = await keyOf(code);
    const [outcome, role, words, badge] = decide(key);
    const short = badge ? badge[1] : "";
    if (list()) write(QUEUE, [...read(QUEUE, []), { door, key, short, outcome, nonce: used, direction: "in", at: Date.now() }]);
    if (outcome === "admitted") {
      badge[4] = true;
      const kept = list();
      write(LIST, { ...kept, badges: kept.badges.map((row) => (row[0] === badge[0] ? badge : row)) });
    }
    show(outcome, role, words);
    tell();
  };

  form.addEventListener("submit", async (event) => {
    if (!field.value.trim()) return;
    event.preventDefault();
    const typed = field.value, used = nonce.value;
    try {
      if (!navigator.onLine) throw new Error("no connection");
      const body = new FormData(form);
      const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
      if (response.status >= 500) throw new Error("no answer");
      if (response.redirected) { location.assign(response.url); return; }
      form.submit(); // refused: the page itself says what is wrong
    } catch {
      // the same nonce: had the server heard us after all, it counts this scan once
      await here(typed, used);
      nonce.value = crypto.randomUUID();
      field.value = "";
      field.focus();
    }
  });
  window.addEventListener("online", synchronise);
  window.addEventListener("offline", tell);
  setInterval(synchronise, 20000);
  synchronise();
})();
