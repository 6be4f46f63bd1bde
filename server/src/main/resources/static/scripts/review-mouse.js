// The review by mouse.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const { table, body, article, light, row, shown, ref, select, save, reload, form, mine, decide, alone, answerWith, splitting, countPicked } = review;

  let lastPicked = null;

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
      else if (what === "mine") mine();
      else if (what === "theirs") { review.dirty = false; reload(review.current); }
      else decide(what);
      return;
    }
    const quick = event.target.closest("[data-answer]");
    if (quick) { event.preventDefault(); answerWith(quick); return; }
    const drop = event.target.closest("button[name=drop]");
    if (drop) {
      event.preventDefault();
      const line = drop.closest(".figure-row");
      line.querySelector("[name=t-indicator]").value = "";
      line.querySelector("[name=t-value]").value = "";
      review.dirty = true;
      const id = review.current;
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
    if (event.target.classList.contains("edit-form")) { review.dirty = true; save(); }
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

  Object.assign(review, { heat });
})();
