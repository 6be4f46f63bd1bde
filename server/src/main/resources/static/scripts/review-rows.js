// The rows of the review and the marks in its text: what an act changed is put in their place.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const { words, table, body, article, byId, say, told } = review;

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
      if (look === "lit") r.classList.toggle("head", on && review.current === id);
    }
    for (const mark of marks(id)) mark.classList.toggle(look, on);
    if (look === "lit") for (const p of article.querySelectorAll(".has-lit")) if (!p.querySelector(".lit")) p.classList.remove("has-lit");
    if (look === "lit" && on) for (const mark of marks(id)) mark.closest("p").classList.add("has-lit");
  }

  function apply(answer, mine) {
    for (const id of answer.gone || []) {
      const old = row(id);
      if (old) old.remove();
      if (review.current === String(id)) { review.closeEditor(); review.current = null; }
    }
    let before = review.current ? row(review.current) : null;
    for (const [id, html] of Object.entries(answer.rows || {})) {
      const fresh = fragment(html);
      const old = row(id);
      review.editors.delete(id);
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
    heads();
    if (review.current) light(review.current, "lit", true);
    if (mine && answer.seq === review.since + 1) review.since = answer.seq;
    review.countPicked();
  }

  // How many stand below each head of the list: the doubtful ones still open, and the rest.
  function heads() {
    const below = { doubt: 0, rest: 0 };
    let part = null;
    for (const line of body.rows) {
      if (line.dataset.part) part = line.dataset.part;
      else if (part && line.matches("tr.promise")) below[part] += part === "rest" || line.dataset.doubt === "true" ? 1 : 0;
    }
    for (const line of body.querySelectorAll("tr[data-part]")) {
      const words = line.querySelector("[data-words]");
      words.textContent = words.dataset.words.replace("#", below[line.dataset.part]);
    }
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

  Object.assign(review, { fragment, light, apply, count, row, rows, shown, ref, marks });
})();
