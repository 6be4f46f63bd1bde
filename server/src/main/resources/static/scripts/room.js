// The room is worked by keyboard: write, decide, go on, without looking for a button.
"use strict";
{
  const form = document.getElementById("room");
  const press = (key) => {
    const button = form.querySelector(`[data-key="${key}"]`);
    if (button) { form.requestSubmit(button); }
    return Boolean(button);
  };
  document.addEventListener("keydown", (event) => {
    const keys = { Enter: event.altKey ? "decide" : event.ctrlKey ? "note" : "", ArrowDown: event.altKey ? "after" : "", ArrowUp: event.altKey ? "before" : "" };
    const key = keys[event.key];
    if (key && press(key)) { event.preventDefault(); }
  });
  // A second click while the first is on its way would only wait.
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); }
    sent = true;
  });
  // Other ways out of the page ask before something typed is lost.
  window.addEventListener("beforeunload", (event) => {
    const { discussion, base, title } = form.elements;
    if (!sent && (discussion.value.trim() !== base.value.trim() || title.value.trim())) { event.preventDefault(); event.returnValue = ""; }
  });
  window.addEventListener("pageshow", () => { sent = false; });
  for (const days of form.querySelectorAll(".room-days")) { days.hidden = false; }
  for (const button of form.querySelectorAll("[data-due]")) {
    button.addEventListener("click", () => { form.elements.due.value = button.dataset.due; });
  }
  const here = form.querySelector(".room-here");
  if (here) { here.scrollIntoView({ block: "nearest" }); }
  const wrong = form.querySelector("[aria-invalid]");
  (wrong || form.elements.discussion).focus();
}
