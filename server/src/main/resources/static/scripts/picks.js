// Lists to choose from. A list that is too long to look through can be narrowed by typing: the characters of a name in their order are enough,
// so that a short name is found as well as a part of the full one. Without script the lists are as long as they are.
"use strict";
{
  const LONG = 12;
  const word = document.body.dataset.findIn;
  const matches = (text, wanted) => {
    let at = 0;
    for (const character of text) { if (character === wanted[at]) { at++; } }
    return at === wanted.length;
  };
  const field = (of, narrow, pick) => {
    const input = document.createElement("input");
    input.type = "search";
    input.className = "input find-in";
    if (of) { input.id = `${of}-find`; }
    input.placeholder = word;
    input.setAttribute("aria-label", word);
    input.autocomplete = "off";
    input.addEventListener("input", (event) => {
      if (!event.isComposing) { narrow([...input.value.replaceAll(/\s/g, "").toLowerCase()]); }
    });
    input.addEventListener("compositionend", () => narrow([...input.value.replaceAll(/\s/g, "").toLowerCase()]));
    // Enter chooses what is left; it never sends the form that the list stands in.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); pick(); }
    });
    return input;
  };
  const hide = (items, wanted) => {
    for (const item of items) { item.hidden = !matches(item.textContent.toLowerCase(), wanted); }
  };
  const shown = (items) => items.filter((item) => !item.hidden);

  // One list open at a time; Escape and a press elsewhere close it.
  document.addEventListener("toggle", (event) => {
    const opened = event.target;
    if (opened.matches && opened.matches("details.pick") && opened.open) {
      for (const other of document.querySelectorAll("details.pick[open]")) { if (other !== opened) { other.open = false; } }
    }
  }, true);
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.pick[open]")) { if (!open.contains(event.target)) { open.open = false; } }
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.pick[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  for (const select of document.querySelectorAll(".field select")) {
    const options = [...select.options];
    if (options.length > LONG) {
      select.before(field(select.id, (wanted) => {
        const chosen = select.value;
        const left = options.filter((o) => o.value === "" || o.value === chosen && wanted.length === 0
          || matches(o.textContent.toLowerCase(), wanted));
        select.replaceChildren(...left);
        const real = left.filter((o) => o.value !== "");
        select.value = wanted.length > 0 && real.length === 1 ? real[0].value
          : left.some((o) => o.value === chosen) ? chosen : "";
      }, () => select.focus()));
    }
  }
  for (const checks of document.querySelectorAll(".checks")) {
    const labels = [...checks.querySelectorAll("label")];
    if (labels.length > LONG) {
      checks.before(field(checks.getAttribute("aria-labelledby")?.replace(/-l$/, ""), (wanted) => hide(labels, wanted), () => {
        const left = shown(labels);
        if (left.length === 1) { left[0].querySelector("input").click(); } else if (left.length > 0) { left[0].querySelector("input").focus(); }
      }));
    }
  }
  for (const list of document.querySelectorAll("details .pick-list, .pick-scroll")) {
    const items = [...list.querySelectorAll(":scope > a, :scope > label")];
    if (items.length > LONG) {
      const input = field("", (wanted) => hide(items, wanted), () => {
        const left = shown(items);
        if (left.length > 0) { left[0].click(); }
      });
      if (list.matches(".pick-scroll")) { list.before(input); } else { list.prepend(input); }
      const opens = list.closest("details");
      if (opens) { opens.addEventListener("toggle", (event) => { if (event.target.open) { input.focus(); } }); }
    }
  }
}
