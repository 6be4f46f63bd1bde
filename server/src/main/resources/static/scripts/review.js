// The review: keyboard, saving of every step, what the other reviewer does. The page works without it, one step a page.
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

  let since = Number(main.dataset.seq);
  let view = main.dataset.view;
  let current = null;
  let dirty = false;
  let timer = 0;
  let lastPicked = null;
  const editors = new Map();

  // ---------------------------------------------------------------- asking the server, one thing after the other

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

  // ---------------------------------------------------------------- rows and marks

  const row = (id) => byId(`c${id}`);
  const rows = () => Array.from(body.querySelectorAll("tr.promise"));
  const shown = () => rows().filter((r) => !r.hidden);
  const ref = (r) => `${r.dataset.id}:${r.dataset.version}`;
  const marks = (id) => article.querySelectorAll(`[data-pairs~="${id}"]`);

  function fragment(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    return holder.content.firstElementChild;
  }

  function light(id, look, on) {
    const r = row(id);
    if (r) {
      r.classList.toggle(look, on);
      if (look === "lit") r.classList.toggle("head", on && current === id);
    }
    for (const mark of marks(id)) mark.classList.toggle(look, on);
    if (look === "lit") for (const p of article.querySelectorAll(".has-lit")) if (!p.querySelector(".lit")) p.classList.remove("has-lit");
    if (look === "lit" && on) for (const mark of marks(id)) mark.closest("p").classList.add("has-lit");
  }

  function apply(answer, mine) {
    for (const id of answer.gone || []) {
      const old = row(id);
      if (old) old.remove();
      if (current === String(id)) { closeEditor(); current = null; }
    }
    let before = current ? row(current) : null;
    for (const [id, html] of Object.entries(answer.rows || {})) {
      const fresh = fragment(html);
      const old = row(id);
      editors.delete(id);
      if (old) {
        const box = old.querySelector("input[type=checkbox]");
        const picked = box && box.checked && fresh.dataset.state === "proposed";
        fresh.hidden = old.hidden;
        old.replaceWith(fresh);
        if (picked) fresh.querySelector("input[type=checkbox]").checked = true;
        before = fresh;
      } else {
        if (before && byId("editor") && byId("editor").previousElementSibling === before) byId("editor").after(fresh);
        else if (before) before.after(fresh);
        else body.append(fresh);
        before = fresh;
        table.hidden = false;
        if (byId("nothing")) byId("nothing").hidden = true;
      }
    }
    for (const [index, html] of Object.entries(answer.blocks || {})) {
      const old = byId(`b${index}`);
      if (old) old.replaceWith(fragment(html));
    }
    if (answer.counts) count(answer.counts);
    if (current) light(current, "lit", true);
    if (mine && answer.seq === since + 1) since = answer.seq;
    countPicked();
  }

  function count(counts) {
    say(byId("progress"), counts.words);
    byId("progress-bar").setAttribute("width", counts.all ? Math.floor(100 * (counts.accepted + counts.rejected) / counts.all) : 0);
    for (const place of document.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count];
    const button = byId("register-button");
    button.disabled = counts.registrable === 0;
    button.textContent = counts.registrable ? button.dataset.some.replace("{0}", counts.registrable) : button.dataset.none;
    byId("to-register").hidden = counts.registered === 0;
    if (counts.all && counts.todo === 0) told(words["done-all"]);
  }

  // ---------------------------------------------------------------- the current commitment and its form

  function closeEditor() {
    const open = byId("editor");
    if (open) open.remove();
    dirty = false;
    clearTimeout(timer);
  }

  async function editorOf(id) {
    const r = row(id);
    if (!r) return null;
    const known = editors.get(id);
    if (known && known.version === r.dataset.version) return known.html;
    const answer = await ask(`${base}/items/${id}`);
    if (!answer.ok) return null;
    const html = await answer.text();
    editors.set(id, { version: r.dataset.version, html });
    return html;
  }

  async function select(id, how = {}) {
    id = String(id);
    if (dirty && !(await save())) return false;
    if (current !== id || how.again) {
      if (current && current !== id) light(current, "lit", false);
      closeEditor();
      current = id;
    }
    const r = row(id);
    if (!r) { current = null; return false; }
    r.hidden = false;
    light(id, "lit", true);
    history.replaceState(null, "", `${location.pathname}${location.search}#c${id}`);
    if (!how.still) {
      r.scrollIntoView({ block: "nearest" });
      const mark = marks(id)[0];
      if (mark && !narrow.matches) mark.scrollIntoView({ block: "center" });
    }
    const html = await editorOf(id);
    if (html && current === id && !byId("editor")) {
      row(id).after(fragment(html));
      const editor = byId("editor");
      if (!how.still) {
        editor.scrollIntoView({ block: "nearest" });
        row(id).scrollIntoView({ block: "nearest" });
        if (row(id) === shown()[0]) listBody.scrollTop = 0;
      }
      if (how.focus) field(how.focus, how.place);
    }
    const next = following(id);
    if (next) editorOf(next).catch(() => {});
    return true;
  }

  function field(name, place = 0) {
    const editor = byId("editor");
    const input = editor && editor.querySelectorAll(`[name="${name}"]`)[place];
    if (input) { input.focus(); if (input.select && name === "what") input.setSelectionRange(input.value.length, input.value.length); }
  }

  // The next one still to be reviewed, below first, then from the top.
  function following(id) {
    const all = shown();
    const at = all.findIndex((r) => r.dataset.id === String(id));
    const next = all.slice(at + 1).concat(all.slice(0, Math.max(at, 0))).find((r) => r.dataset.state === "proposed");
    return next ? next.dataset.id : null;
  }

  function step(by) {
    const all = shown();
    if (!all.length) return;
    const at = all.findIndex((r) => r.dataset.id === current);
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    select(next.dataset.id);
  }

  const form = () => document.querySelector("#editor .edit-form");

  function fields() {
    const data = new FormData(form());
    data.delete("_csrf");
    return Array.from(data.entries()).filter(([, value]) => typeof value === "string");
  }

  function wrong(text) {
    const line = document.querySelector("#editor .wrong-line");
    if (line) say(line, text);
    else trouble(text);
  }

  function conflict(answer, id) {
    const box = document.querySelector("#editor .conflict");
    if (!box || current !== id) { trouble(answer.sentence); return; }
    box.hidden = false;
    box.dataset.version = answer.versions[id] || "";
    say(box.querySelector("p"), (answer.changes || []).join(" ") || answer.sentence);
  }

  // Saves what is typed; false where it was refused and stays on the screen.
  function save() {
    clearTimeout(timer);
    return inTurn(async () => {
      const editor = form();
      if (!editor || !dirty) return true;
      const id = editor.dataset.id;
      const entries = fields();
      const count = entries.filter(([name, value]) => name === "t-id" && value).length;
      dirty = false;
      const answer = await send("edit", entries);
      if (!answer.ok) {
        dirty = true;
        if (answer.conflict) conflict(answer, id); else wrong(answer.sentence);
        return false;
      }
      wrong("");
      apply(answer, true);
      const version = (answer.versions || {})[id];
      for (const input of document.querySelectorAll("#editor [name=ref]")) if (version) input.value = `${id}:${version}`;
      const reshaped = entries.some(([name, value], i) => (name === "t-id" && !value && entries[i + 1] && entries[i + 1][1]) || (name === "joint" && value && !value.startsWith("#")))
        || document.querySelectorAll("#editor .tag-off input:not(:checked)").length > 0
        || entries.some(([name, value]) => name === "drop" && value)
        || count !== document.querySelectorAll('#editor [name="t-id"][value]:not([value=""])').length;
      if (reshaped && current === id && !dirty) await reload(id);
      return true;
    });
  }

  // Loads the form anew and puts the cursor back where it was.
  async function reload(id) {
    const active = document.activeElement;
    const inside = active && active.closest("#editor");
    const name = inside && active.name;
    const place = name ? Array.from(document.querySelectorAll(`#editor [name="${name}"]`)).indexOf(active) : 0;
    editors.delete(id);
    const html = await editorOf(id);
    if (!html || current !== id) return;
    closeEditor();
    row(id).after(fragment(html));
    if (name) field(name, Math.min(place, document.querySelectorAll(`#editor [name="${name}"]`).length - 1));
  }

  table.addEventListener("input", (event) => {
    if (!event.target.closest(".edit-form")) return;
    dirty = true;
    say(saved, words.unsaved);
    clearTimeout(timer);
    const whole = event.target.name === "joint" || event.target.name === "lead" || event.target.name === "due";
    if (!whole) timer = setTimeout(save, 1200);
  });
  table.addEventListener("change", (event) => {
    if (event.target.closest(".edit-form")) { dirty = true; save(); }
  });

  // ---------------------------------------------------------------- acts

  async function decide(act) {
    const picked = pickedRows();
    if (picked.length > 1) return decideAll(act);
    if (!current) return told(words["select-first"]);
    const id = current;
    const r = row(id);
    if (act === "accept" && r.dataset.state === "accepted") return step(1);
    if (act === "reject" && r.dataset.state === "rejected") return step(1);
    const typed = dirty && act === "accept" ? fields() : null;
    if (!typed && dirty && !(await save())) return;
    const next = act === "reopen" ? id : following(id);
    if (typed) {
      dirty = false;
      return inTurn(async () => {
        const answer = await send(act, typed);
        if (!answer.ok) {
          dirty = true;
          if (answer.conflict) conflict(answer, id); else wrong(answer.sentence);
          return;
        }
        apply(answer, true);
        await select(next || id, { again: true });
      });
    }
    r.classList.add("sending");
    const ahead = next && next !== id ? select(next) : Promise.resolve();
    return inTurn(async () => {
      const answer = await send(act, [["ref", ref(row(id))]]);
      await ahead;
      if (!answer.ok) {
        row(id).classList.remove("sending");
        await select(id);
        if (answer.conflict) conflict(answer, id); else wrong(answer.sentence);
        return;
      }
      apply(answer, true);
      if (!next || next === id) await select(id, { again: true, still: true });
    });
  }

  function decideAll(act) {
    const refs = pickedRows().map((r) => ["ref", ref(r)]);
    if (!refs.length) return told(words["select-first"]);
    return inTurn(async () => {
      const answer = await send(act, refs);
      if (!answer.ok) return trouble(answer.sentence);
      for (const box of body.querySelectorAll("input[type=checkbox]:checked")) if (box.name === "ref") box.checked = false;
      apply(answer, true);
      told(answer.sentence);
      if (current && row(current)) await select(current, { again: true, still: true });
    });
  }

  async function alone(act, more, focus) {
    if (!current && act !== "add" && act !== "undo") return told(words["select-first"]);
    if (dirty && !(await save())) return;
    return inTurn(async () => {
      const fieldsOf = act === "add" || act === "undo" || act === "register" ? [] : [["ref", ref(row(current))]];
      const answer = await send(act, fieldsOf.concat(more || []));
      if (!answer.ok) {
        if (answer.conflict && current && act !== "undo") conflict(answer, current); else trouble(answer.sentence);
        return;
      }
      const was = current;
      apply(answer, true);
      told(answer.sentence);
      const many = Object.keys(answer.rows).length > 2;
      const to = act === "split" || (many && was && row(was)) ? was : answer.focus;
      if (to) await select(to, { again: true, focus });
      else if (current) await select(current, { again: true, still: true });
    });
  }

  function splitting() {
    const choice = document.querySelector("#editor .split-form");
    if (!choice) return told(words["no-split"]);
    choice.hidden = !choice.hidden;
    if (!choice.hidden) { choice.scrollIntoView({ block: "nearest" }); choice.querySelector(".cutter").focus(); }
  }

  // Offset of a place in the page within the text: the paragraph's own offset and the characters before it, numbers left out.
  function offset(node, at) {
    const p = (node.nodeType === 1 ? node : node.parentElement).closest("p.b");
    if (!p) return -1;
    const range = document.createRange();
    range.selectNodeContents(p);
    range.setEnd(node, at);
    const copy = range.cloneContents();
    for (const no of copy.querySelectorAll(".no")) no.remove();
    return Number(p.dataset.start) + copy.textContent.length;
  }

  function adding() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !article.contains(selection.anchorNode) || !article.contains(selection.focusNode)) return told(words["nothing-selected"]);
    const range = selection.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start < 0 || end <= start) return told(words["nothing-selected"]);
    if (end - start > 2000) return told(words["too-far"]);
    selection.removeAllRanges();
    return alone("add", [["start", start], ["end", end]], "what");
  }

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    a: () => decide("accept"),
    x: () => decide("reject"),
    o: () => decide("reopen"),
    e: () => field("what"),
    s: splitting,
    m: () => alone("merge"),
    n: adding,
    z: () => alone("undo"),
    v: () => { const box = current && row(current).querySelector("input[type=checkbox]"); if (box && !box.disabled) { box.checked = !box.checked; countPicked(); } },
    "?": () => byId("help").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (byId("help").open) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing) {
      if (event.key === "Escape") { typing.blur(); listBody.focus({ preventScroll: true }); }
      if (event.key === "Enter" && typing.tagName === "INPUT" && typing.closest(".edit-form")) { event.preventDefault(); dirty = true; save(); }
      return;
    }
    const choice = document.querySelector("#editor .split-form:not([hidden])");
    if (choice && /^[1-9]$/.test(event.key)) {
      const cutter = choice.querySelectorAll(".cutter")[Number(event.key) - 1];
      if (cutter) { event.preventDefault(); cutter.click(); }
      return;
    }
    if (choice && event.key === "Escape") { choice.hidden = true; return; }
    // With a Chinese input method on, the key's place tells what the key itself does not.
    const pressed = event.key === "Process" && event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
    const act = acts[pressed];
    if (act) { event.preventDefault(); act(); }
  });

  // ---------------------------------------------------------------- mouse

  table.addEventListener("click", (event) => {
    const box = event.target.closest("input[type=checkbox][name=ref]");
    if (box) {
      const all = shown();
      const at = all.indexOf(box.closest("tr"));
      if (event.shiftKey && lastPicked !== null) {
        for (const r of all.slice(Math.min(at, lastPicked), Math.max(at, lastPicked) + 1)) {
          const other = r.querySelector("input[type=checkbox]");
          if (!other.disabled) other.checked = box.checked;
        }
      }
      lastPicked = at;
      return countPicked();
    }
    const doing = event.target.closest("[data-do]");
    if (doing) {
      event.preventDefault();
      const what = doing.dataset.do;
      if (what === "split") splitting();
      else if (what === "merge") alone("merge");
      else if (what === "mine") { const r = form().querySelector("[name=ref]"); const box2 = doing.closest(".conflict"); r.value = `${current}:${box2.dataset.version || row(current).dataset.version}`; box2.hidden = true; dirty = true; save(); }
      else if (what === "theirs") { dirty = false; reload(current); }
      else decide(what);
      return;
    }
    const drop = event.target.closest("button[name=drop]");
    if (drop) {
      event.preventDefault();
      const line = drop.closest(".figure-row");
      line.querySelector("[name=t-indicator]").value = "";
      line.querySelector("[name=t-value]").value = "";
      dirty = true;
      const id = current;
      save().then((done) => { if (done) reload(id); });
      return;
    }
    const cutter = event.target.closest(".cutter");
    if (cutter) { event.preventDefault(); alone("split", [["at", cutter.value]]); return; }
    const select1 = event.target.closest("[data-select]");
    if (select1) {
      for (const r of shown()) if (r.dataset.state === "proposed" && r.dataset.doubt !== "true") r.querySelector("input[type=checkbox]").checked = true;
      return countPicked();
    }
    const r = event.target.closest("tr.promise");
    if (r && !event.target.closest(".tag-good")) {
      event.preventDefault();
      select(r.dataset.id);
    }
  });

  table.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.classList.contains("edit-form")) { dirty = true; save(); }
  });

  article.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const no = event.target.closest(".no");
    const mark = event.target.closest("[data-pairs]");
    if (no) event.preventDefault();
    const id = no ? no.id.slice(1) : mark && mark.dataset.pairs.split(" ")[0];
    if (id && row(id)) select(id);
  });

  let hot = [];
  function heat(ids) {
    if (ids.join() === hot.join()) return;
    for (const id of hot) light(id, "hot", false);
    hot = ids;
    for (const id of hot) light(id, "hot", true);
  }
  article.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("[data-pairs]");
    heat(mark ? mark.dataset.pairs.split(" ") : []);
  });
  article.addEventListener("mouseleave", () => heat([]));
  body.addEventListener("mouseover", (event) => {
    const r = event.target.closest("tr.promise");
    heat(r ? [r.dataset.id] : []);
  });
  body.addEventListener("mouseleave", () => heat([]));

  // ---------------------------------------------------------------- many at once

  function pickedRows() {
    return rows().filter((r) => { const box = r.querySelector("input[type=checkbox]"); return box && box.checked; });
  }
  function countPicked() {
    const n = pickedRows().length;
    bulk.classList.toggle("on", n > 0);
    byId("bulk-count").textContent = words.selected.replace("{n}", n);
  }
  bulk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-bulk]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.bulk === "none") {
      for (const r of pickedRows()) r.querySelector("input[type=checkbox]").checked = false;
      countPicked();
    } else decideAll(button.dataset.bulk);
  });

  byId("undo").addEventListener("submit", (event) => { event.preventDefault(); alone("undo"); });
  byId("register").addEventListener("submit", (event) => { event.preventDefault(); alone("register"); });

  // ---------------------------------------------------------------- views

  const shows = { all: () => true, todo: (s) => s === "proposed", accepted: (s) => s === "accepted" || s === "registered", rejected: (s) => s === "rejected" };
  document.querySelector(".views").addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (dirty && !(await save())) return;
    view = link.dataset.view;
    for (const other of document.querySelectorAll(".views a")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    for (const r of rows()) r.hidden = !shows[view](r.dataset.state);
    const url = new URL(location.href);
    url.searchParams.set("view", view);
    url.searchParams.delete("item");
    url.searchParams.delete("done");
    history.replaceState(null, "", url);
    const first = shown()[0];
    byId("none-here").hidden = Boolean(first) || !rows().length;
    if (current && row(current) && row(current).hidden) { light(current, "lit", false); closeEditor(); current = null; }
    if (first && !current) select(first.dataset.id);
  });

  // ---------------------------------------------------------------- the others

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await ask(`${base}/changes?since=${since}${current ? `&at=${current}` : ""}`);
      if (!answer.ok) return;
      const news = await answer.json();
      say(byId("people"), news.people || "");
      if (news.seq <= since) return;
      await inTurn(async () => {
        if (news.seq <= since) return;
        since = news.seq;
        const seen = current && row(current) ? row(current).dataset.version : null;
        const touched = current && news.rows && news.rows[current];
        apply(news, false);
        if (touched && row(current) && row(current).dataset.version !== seen) {
          const formNow = form();
          const stale = formNow && formNow.querySelector("[name=ref]").value !== ref(row(current));
          if (stale && dirty) conflict({ sentence: news.sentence || words.others, changes: [], versions: news.versions }, current);
          else if (stale) await reload(current);
        }
        if (news.sentence) told(news.sentence);
      });
    } catch (lost) { /* the next round tries again */ }
  }
  setInterval(look, 2000);
  document.addEventListener("visibilitychange", look);
  look();

  addEventListener("beforeunload", (event) => { if (dirty) { event.preventDefault(); event.returnValue = words["confirm-leave"]; } });

  // ---------------------------------------------------------------- where we were

  const asked = /^#[cs](\d+)$/.exec(location.hash);
  const opened = byId("editor");
  if (asked && row(asked[1])) select(asked[1], { again: true });
  else if (opened) select(opened.dataset.id, { still: true });
  else if (!narrow.matches) {
    const first = shown().find((r) => r.dataset.state === "proposed") || shown()[0];
    if (first) select(first.dataset.id);
  }
  byId("none-here").hidden = shown().length > 0 || !rows().length;
})();
