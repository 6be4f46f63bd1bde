// The review: saving of every step, one after the other. The other files of the review add rows, form, acts, mouse and
// what the others do; they share the object "review". The page works without all of it, one step a page.
"use strict";
(() => {
  const main = document.getElementById("main");
  const table = document.getElementById("commitments");
  if (!main || !table) return;
  document.documentElement.classList.add("scripted");

  const base = `/documents/${main.dataset.document}/review`;
  const words = JSON.parse(main.dataset.words);
  const tokens = JSON.parse(document.body.getAttribute("hx-headers"));
  const body = table.tBodies[0];
  const listBody = document.getElementById("list-body");
  const article = document.querySelector(".report");
  const bulk = document.getElementById("bulk");
  const saved = document.getElementById("saved");
  const narrow = matchMedia("(max-width: 60rem)");
  const byId = (id) => document.getElementById(id);

  let chain = Promise.resolve();
  const inTurn = (work) => { chain = chain.then(work, work); return chain; };
  const key = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  async function ask(url, options) {
    const answer = await fetch(url, { credentials: "same-origin", ...options, headers: { ...tokens, "X-Luoshi-Script": "1", "HX-Request": "true", ...(options && options.headers) } });
    if (answer.status === 401) { location.reload(); throw new Error("logged out"); }
    return answer;
  }

  // A step that got no answer is sent again with the same key, so that it is done once.
  async function send(act, fields) {
    const form = new URLSearchParams(fields);
    form.set("key", key());
    say(saved, words.saving);
    for (let turn = 0; ; turn++) {
      let answer;
      try {
        answer = await ask(`${base}/${act}`, { method: "POST", body: form });
      } catch (lost) {
        trouble(words.offline);
        await pause(Math.min(8000, 500 * 2 ** turn));
        continue;
      }
      const type = answer.headers.get("content-type") || "";
      if (!type.includes("json")) {
        trouble(`${answer.status}`);
        return { ok: false, sentence: `${answer.status}` };
      }
      const result = await answer.json();
      trouble("");
      if (result.ok) {
        const now = new Date();
        say(saved, `${words.saved} ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
      } else {
        say(saved, words.unsaved);
      }
      return result;
    }
  }

  function say(place, text) { place.textContent = text; place.hidden = !text; }
  const trouble = (text) => say(byId("trouble"), text);
  let quiet = 0;
  function told(text) {
    clearTimeout(quiet);
    const place = narrow.matches ? byId("said") : byId("told");
    say(place, text || "");
    if (text) quiet = setTimeout(() => say(place, ""), 8000);
  }

  window.review = {
    since: Number(main.dataset.seq), current: null, dirty: false,
    base, words, tokens, table, body, listBody, article, bulk, saved, narrow, byId, main, ask, send, say, told, inTurn, key, pause, trouble,
  };
})();
