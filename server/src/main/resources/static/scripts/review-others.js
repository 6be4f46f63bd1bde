// Views of the list, what the others do meanwhile, and where the reviewer was.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const { main, base, words, narrow, byId, ask, say, told, inTurn, light, apply, row, rows, shown, ref, closeEditor, select, conflict, save, reload, form } = review;

  let view = main.dataset.view;
  const shows = { all: () => true, todo: (s) => s === "proposed", accepted: (s) => s === "accepted" || s === "registered", rejected: (s) => s === "rejected" };
  document.querySelector(".views").addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (review.dirty && !(await save())) return;
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
    if (review.current && row(review.current) && row(review.current).hidden) { light(review.current, "lit", false); closeEditor(); review.current = null; }
    if (first && !review.current) select(first.dataset.id);
  });

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await ask(`${base}/changes?since=${review.since}${review.current ? `&at=${review.current}` : ""}`);
      if (!answer.ok) return;
      const news = await answer.json();
      say(byId("people"), news.people || "");
      if (news.seq <= review.since) return;
      await inTurn(async () => {
        if (news.seq <= review.since) return;
        review.since = news.seq;
        const seen = review.current && row(review.current) ? row(review.current).dataset.version : null;
        const touched = review.current && news.rows && news.rows[review.current];
        apply(news, false);
        if (touched && row(review.current) && row(review.current).dataset.version !== seen) {
          const formNow = form();
          const stale = formNow && formNow.querySelector("[name=ref]").value !== ref(row(review.current));
          if (stale && review.dirty) conflict({ sentence: news.sentence || words.others, changes: [], versions: news.versions }, review.current);
          else if (stale) await reload(review.current);
        }
        if (news.sentence) told(news.sentence);
      });
    } catch (lost) { /* the next round tries again */ }
  }
  setInterval(look, 2000);
  document.addEventListener("visibilitychange", look);
  look();

  addEventListener("beforeunload", (event) => { if (review.dirty) { event.preventDefault(); event.returnValue = words["confirm-leave"]; } });

  const asked = /^#[cs](\d+)$/.exec(location.hash);
  const opened = byId("editor");
  if (asked && row(asked[1])) select(asked[1], { again: true });
  else if (opened) select(opened.dataset.id, { still: true });
  else if (!narrow.matches) {
    const first = shown().find((r) => r.dataset.state === "proposed") || shown()[0];
    if (first) select(first.dataset.id);
  }
  byId("none-here").hidden = shown().length > 0 || !rows().length;

  Object.assign(review, { look });
})();
