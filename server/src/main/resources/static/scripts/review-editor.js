// The commitment that is open: its form, saved step by step, and what happens when another was faster.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const { base, words, table, listBody, saved, narrow, byId, ask, send, say, inTurn, trouble, fragment, light, apply, row, shown, ref, marks } = review;

  const editors = new Map();
  let timer = 0;
  let before = new Map();

  function closeEditor() {
    const open = byId("editor");
    if (open) open.remove();
    review.dirty = false;
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

  function show(id, html) {
    row(id).after(fragment(html));
    before = snapshot();
  }

  // The form as it stands: every field by a name that stays the same when the form is loaded anew.
  function nameOf(input) {
    if (!input.name || input.type === "hidden" || input.type === "submit") return null;
    const line = input.closest(".figure-row");
    if (line) return `${line.querySelector("[name=t-id]").value}:${input.name}`;
    return input.type === "checkbox" ? `${input.name}:${input.value}` : input.name;
  }
  const valueOf = (input) => (input.type === "checkbox" ? input.checked : input.value);
  function snapshot() {
    const values = new Map();
    for (const input of form() ? form().elements : []) {
      const name = nameOf(input);
      if (name) values.set(name, valueOf(input));
    }
    return values;
  }

  // After a conflict: the form as the other left it, with what was typed here on top, field by field.
  async function mine() {
    const id = review.current;
    const typed = new Map(Array.from(snapshot()).filter(([name, value]) => before.get(name) !== value));
    review.dirty = false;
    editors.delete(id);
    await reload(id);
    if (!form()) return;
    for (const input of form().elements) {
      const name = nameOf(input);
      if (!name || !typed.has(name)) continue;
      if (input.type === "checkbox") input.checked = typed.get(name); else input.value = typed.get(name);
    }
    review.dirty = true;
    await save();
  }

  async function select(id, how = {}) {
    id = String(id);
    if (review.dirty && !(await save())) return false;
    if (review.current !== id || how.again) {
      if (review.current && review.current !== id) light(review.current, "lit", false);
      closeEditor();
      review.current = id;
    }
    const r = row(id);
    if (!r) { review.current = null; return false; }
    r.hidden = false;
    light(id, "lit", true);
    history.replaceState(null, "", `${location.pathname}${location.search}#c${id}`);
    if (!how.still) {
      r.scrollIntoView({ block: "nearest" });
      const mark = marks(id)[0];
      if (mark && !narrow.matches) mark.scrollIntoView({ block: "center" });
    }
    const html = await editorOf(id);
    if (html && review.current === id && !byId("editor")) {
      show(id, html);
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
    const at = all.findIndex((r) => r.dataset.id === review.current);
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
    if (!box || review.current !== id) { trouble(answer.sentence); return; }
    box.hidden = false;
    box.dataset.version = answer.versions[id] || "";
    say(box.querySelector("p"), (answer.changes || []).join(" ") || answer.sentence);
  }

  // Saves what is typed; false where it was refused and stays on the screen.
  function save() {
    clearTimeout(timer);
    return inTurn(async () => {
      const editor = form();
      if (!editor || !review.dirty) return true;
      const id = editor.dataset.id;
      const entries = fields();
      const sent = snapshot();
      const count = entries.filter(([name, value]) => name === "t-id" && value).length;
      review.dirty = false;
      const answer = await send("edit", entries);
      if (!answer.ok) {
        review.dirty = true;
        if (answer.conflict) conflict(answer, id); else wrong(answer.sentence);
        return false;
      }
      wrong("");
      before = sent;
      apply(answer, true);
      const version = (answer.versions || {})[id];
      for (const input of document.querySelectorAll("#editor [name=ref]")) if (version) input.value = `${id}:${version}`;
      const reshaped = entries.some(([name, value], i) => (name === "t-id" && !value && entries[i + 1] && entries[i + 1][1]) || (name === "joint" && value && !value.startsWith("#")))
        || document.querySelectorAll("#editor .tag-off input:not(:checked)").length > 0
        || entries.some(([name, value]) => name === "drop" && value)
        || count !== document.querySelectorAll('#editor [name="t-id"][value]:not([value=""])').length;
      if (reshaped && review.current === id && !review.dirty) await reload(id);
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
    if (!html || review.current !== id) return;
    closeEditor();
    show(id, html);
    if (name) field(name, Math.min(place, document.querySelectorAll(`#editor [name="${name}"]`).length - 1));
  }

  table.addEventListener("input", (event) => {
    if (!event.target.closest(".edit-form")) return;
    review.dirty = true;
    say(saved, words.unsaved);
    clearTimeout(timer);
    const whole = event.target.name === "joint" || event.target.name === "lead" || event.target.name === "due";
    if (!whole) timer = setTimeout(save, 1200);
  });
  table.addEventListener("change", (event) => {
    if (event.target.closest(".edit-form")) { review.dirty = true; save(); }
  });

  if (byId("editor")) before = snapshot();
  Object.assign(review, { mine, closeEditor, editorOf, select, field, following, step, fields, wrong, conflict, save, reload, form, editors });
})();
