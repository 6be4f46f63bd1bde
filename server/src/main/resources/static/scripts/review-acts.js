// What a reviewer does: accept, reject, split, merge, add, answer; by keyboard, and many at once.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const { words, body, listBody, article, bulk, byId, send, told, inTurn, trouble, apply, row, rows, ref, select, field, following, step, fields, wrong, conflict, save } = review;

  async function decide(act) {
    const picked = pickedRows();
    if (picked.length > 1) return decideAll(act);
    if (!review.current) return told(words["select-first"]);
    const id = review.current;
    const r = row(id);
    if (act === "accept" && r.dataset.state === "accepted") return step(1);
    if (act === "reject" && r.dataset.state === "rejected") return step(1);
    const typed = review.dirty && act === "accept" ? fields() : null;
    if (!typed && review.dirty && !(await save())) return;
    const next = act === "reopen" ? id : following(id);
    if (typed) {
      review.dirty = false;
      return inTurn(async () => {
        const answer = await send(act, typed);
        if (!answer.ok) {
          review.dirty = true;
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
      if (review.current && row(review.current)) await select(review.current, { again: true, still: true });
    });
  }

  async function alone(act, more, focus) {
    if (!review.current && act !== "add" && act !== "undo") return told(words["select-first"]);
    if (review.dirty && !(await save())) return;
    return inTurn(async () => {
      const fieldsOf = act === "add" || act === "undo" || act === "register" ? [] : [["ref", ref(row(review.current))]];
      const answer = await send(act, fieldsOf.concat(more || []));
      if (!answer.ok) {
        if (answer.conflict && review.current && act !== "undo") conflict(answer, review.current); else trouble(answer.sentence);
        return;
      }
      const was = review.current;
      apply(answer, true);
      told(answer.sentence);
      const many = Object.keys(answer.rows).length > 2;
      const to = act === "split" || (many && was && row(was)) ? was : answer.focus;
      if (to) await select(to, { again: true, focus });
      else if (review.current) await select(review.current, { again: true, still: true });
    });
  }

  // A quick answer to a doubt. It changes its field; the last doubt that is answered accepts the commitment.
  function answerWith(button) {
    const question = button.closest(".question");
    const [name, ...rest] = button.dataset.set.split("=");
    if (button.dataset.answer === "field") return field(name);
    if (button.dataset.answer === "reject") return decide("reject");
    if (name) {
      const input = document.querySelector(`#editor [name="${name}"]`);
      if (input.value !== rest.join("=")) { input.value = rest.join("="); review.dirty = true; }
    }
    question.hidden = true;
    if (document.querySelector("#editor .question:not([hidden])")) return review.dirty ? save() : undefined;
    return decide("accept");
  }

  function splitting() {
    const choice = document.querySelector("#editor .split-form");
    if (!choice) return told(words["no-split"]);
    choice.classList.toggle("open");
    if (choice.classList.contains("open")) { choice.scrollIntoView({ block: "nearest" }); choice.querySelector(".cutter").focus(); }
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
    v: () => { const box = review.current && row(review.current).querySelector("input[type=checkbox]"); if (box && !box.disabled) { box.checked = !box.checked; countPicked(); } },
    "?": () => byId("help").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (byId("help").open) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing) {
      if (event.key === "Escape") { typing.blur(); listBody.focus({ preventScroll: true }); }
      if (event.key === "Enter" && typing.tagName === "INPUT" && typing.closest(".edit-form")) { event.preventDefault(); review.dirty = true; save(); }
      return;
    }
    const choice = document.querySelector("#editor .split-form.open");
    if (choice && /^[1-9]$/.test(event.key)) {
      const cutter = choice.querySelectorAll(".cutter")[Number(event.key) - 1];
      if (cutter) { event.preventDefault(); cutter.click(); }
      return;
    }
    if (choice && event.key === "Escape") { choice.classList.remove("open"); return; }
    const question = document.querySelector("#editor .question:not([hidden])");
    if (question && /^[12]$/.test(event.key)) {
      const quick = question.querySelectorAll("[data-answer]")[Number(event.key) - 1];
      if (quick) { event.preventDefault(); answerWith(quick); }
      return;
    }
    // With a Chinese input method on, the key's place tells what the key itself does not.
    const pressed = event.key === "Process" && event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
    const act = acts[pressed];
    if (act) { event.preventDefault(); act(); }
  });

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

  Object.assign(review, { answerWith, decide, decideAll, alone, splitting, offset, adding, pickedRows, countPicked });
})();
