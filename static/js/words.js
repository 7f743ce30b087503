/*
 * Counts words in the page exactly as motions/texts/words.py counts them on the server.
 * The rule stands there in numbered clauses; the numbers below are those. Both pass
 * tests/texts/golden_words.json. The server's count decides: this one only helps while typing.
 *
 * A <textarea data-word-count-target="ID" data-word-limit="300"> gets its count written into
 * the element with that id; without a limit, just the number. data-word-text and
 * data-word-over-text on the target replace the English; {words}, {limit} and {over} are filled in.
 */
(function () {
  "use strict";

  // characters.py: the same ranges, the same steps in the same order.
  const LINE_BREAKS = /\r\n|[\r\x0b\x0c\x85\u2028\u2029]/gu;
  const INVISIBLE = new RegExp(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f" +
      "\\u00ad\\u034f\\u061c" +
      "\\u17b4\\u17b5\\u180b-\\u180f" +
      "\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f" +
      "\\ufe00-\\ufe0f\\ufeff\\ufff0-\\ufffb" +
      "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff" +
      "\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}" +
      "\\u{e0000}-\\u{e0fff}]",
    "gu"
  );
  const BLANK = /[\u115f\u1160\u2800\u3164\uffa0\ufffc\u{1d159}]/gu;
  const SPACE = /[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
  const PRIVATE = /[\ue000-\uf8ff\u{f0000}-\u{10ffff}]/gu;
  const PRIVATE_BULLET = /(^|\n)([ \t]*)[\ue000-\uf8ff\u{f0000}-\u{10ffff}]/gu;
  const LONG_MARK_RUN = /(\p{M}{8})\p{M}+/gu;

  const DOMAINS = "coop|uk|org|com|net|eu|wales|cymru|scot|london";
  const URL_SIGN = "[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]\\-]";
  const ADDRESS = new RegExp(
    `^(?:[hH][tT][tT][pP][sS]?://${URL_SIGN}+|[wW][wW][wW]\\.${URL_SIGN}+` +
      "|(?:mailto:)?[A-Za-z0-9._%+\\-]+@[A-Za-z0-9\\-]+(?:\\.[A-Za-z0-9\\-]+)+" +
      `|[a-z0-9\\-]+(?:\\.[a-z0-9\\-]+)*\\.(?:${DOMAINS})(?:/${URL_SIGN}*)?)$`,
    "u"
  );
  const MARKER = new RegExp(
    "^[ \\t]*" +
      "(?:[\\u2022\\u25cf\\u25cb\\u25e6\\u25aa\\u25ab\\u25a0\\u25a1\\u2023\\u2043\\u2219][ \\t]*" +
      "|[\\-\\u2013\\u2014*\\u00b7\\u27a2\\u27a4\\u2756\\u2713\\u2714\\u2192#][ \\t]+(?=[^ \\t])" +
      "|[o\\u00a7](?:\\t| [ \\t])[ \\t]*(?=[^ \\t]))*" +
      "(?:(?:\\(?(?:[0-9]{1,2}|[a-z]|[ivx]{2,5})[.)]|\\(?[A-Z]\\))[ \\t]+(?=[^ \\t]))?",
    "u"
  );
  const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
  const JOINT = /^(?:[\-\u2010\u2011]['\u2018\u2019\uff07]?|['\u2018\u2019\uff07][\-\u2010\u2011]?)$/u;
  const SINGLE = /^\p{L}\p{M}*$/u;
  const DIGIT_LAST = /\p{Nd}$/u;
  const DIGIT_FIRST = /^\p{Nd}/u;
  const LETTER_OR_DIGIT = /[\p{L}\p{N}]/gu;
  const LONG_WORD = 45;

  // Clause 1.
  function visible(text) {
    return text
      .replace(LINE_BREAKS, "\n")
      .replace(INVISIBLE, "")
      .replace(BLANK, " ")
      .replace(SPACE, " ")
      .replace(PRIVATE_BULLET, "$1$2\u2022")
      .replace(PRIVATE, " ")
      .replace(LONG_MARK_RUN, "$1")
      .normalize("NFC");
  }

  // Clause 5.
  function joins(gap, before, after) {
    if (JOINT.test(gap)) {
      return true;
    }
    if (gap.length !== 1) {
      return false;
    }
    if (".,:/".includes(gap) && DIGIT_LAST.test(before) && DIGIT_FIRST.test(after)) {
      return true;
    }
    return ".&".includes(gap) && SINGLE.test(before) && SINGLE.test(after);
  }

  // Clauses 4 to 6.
  function inChunk(chunk) {
    const runs = Array.from(chunk.matchAll(RUN), function (found) {
      return { text: found[0], start: found.index, end: found.index + found[0].length };
    });
    if (runs.length < 2) {
      return runs.map((run) => run.text);
    }
    const last = runs[runs.length - 1];
    const inside = chunk.slice(runs[0].start, last.end);
    if (ADDRESS.test(inside)) {
      return [inside];
    }
    const words = [];
    let start = runs[0].start;
    for (let place = 1; place < runs.length; place += 1) {
      const before = runs[place - 1];
      const after = runs[place];
      if (!joins(chunk.slice(before.end, after.start), before.text, after.text)) {
        words.push(chunk.slice(start, before.end));
        start = after.start;
      }
    }
    words.push(chunk.slice(start, last.end));
    return words;
  }

  // Clauses 2 and 3.
  function tokens(text) {
    return visible(text)
      .split("\n")
      .flatMap((line) => line.slice(MARKER.exec(line)[0].length).split(/[ \t]+/u))
      .flatMap(inChunk);
  }

  function count(text) {
    return tokens(text).length;
  }

  function longWords(text) {
    const isLong = (word) => (word.match(LETTER_OR_DIGIT) || []).length > LONG_WORD;
    return Array.from(new Set(tokens(text))).filter(isLong);
  }

  // ---- The page -----------------------------------------------------------------------------

  const SELECTOR = "textarea[data-word-count-target]";
  const PAUSE = 400; // milliseconds of rest before the count is written, and so read aloud
  const waiting = new WeakMap();

  function targetOf(field) {
    return document.getElementById(field.dataset.wordCountTarget);
  }

  function sentence(target, words, limit, over) {
    if (over > 0) {
      return target.dataset.wordOverText || "{words} of {limit} words: {over} too many";
    }
    const plain = words === 1 ? "{words} word" : "{words} words";
    return target.dataset.wordText || (limit === Infinity ? plain : "{words} of {limit} words");
  }

  function show(field) {
    const target = targetOf(field);
    if (!target) {
      return;
    }
    const limit = Number(field.dataset.wordLimit || Infinity);
    const words = count(field.value);
    const over = words - limit;
    const said = sentence(target, words, limit, over)
      .replace("{words}", String(words))
      .replace("{limit}", String(limit))
      .replace("{over}", String(over));
    target.classList.toggle("is-over", over > 0);
    if (target.textContent !== said) {
      target.textContent = said;
    }
  }

  function start(root) {
    root.querySelectorAll(SELECTOR).forEach(function (field) {
      show(field);
      const target = targetOf(field);
      if (target && !target.hasAttribute("aria-live") && target.getAttribute("role") !== "status") {
        target.setAttribute("aria-live", "polite");
        target.setAttribute("aria-atomic", "true");
      }
    });
  }

  globalThis.coopconfWords = { count, tokens, longWords, start };

  // Listening on the document serves fields that come later, too.
  document.addEventListener("input", function (event) {
    const field = event.target;
    if (field instanceof Element && field.matches(SELECTOR)) {
      clearTimeout(waiting.get(field));
      waiting.set(field, setTimeout(() => show(field), PAUSE));
    }
  });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => start(document));
  } else {
    start(document);
  }
})();
