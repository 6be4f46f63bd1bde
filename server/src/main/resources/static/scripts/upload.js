// Uploading: drop files or choose them, one request each, so that one bad file does not stop the others.
"use strict";
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  document.documentElement.classList.add("scripted");
  const input = document.getElementById("files");
  const sending = document.getElementById("sending");
  const tokens = JSON.parse(document.body.getAttribute("hx-headers"));
  const words = drop.dataset;
  const largest = 100 * 1024 * 1024;

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = file.name;
    const state = document.createElement("span");
    state.className = "sending-state";
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    item.append(name, bar, state);
    sending.append(item);
    return { item, bar, state };
  }

  function say(place, text, link, label, bad) {
    place.bar.remove();
    place.state.textContent = text;
    place.item.classList.toggle("bad", Boolean(bad));
    if (link) {
      const a = document.createElement("a");
      a.href = link;
      a.textContent = label;
      place.state.append(" ", a);
    }
  }

  function refresh() {
    if (window.htmx) window.htmx.ajax("GET", "/documents/rows", "#documents");
  }

  function send(file) {
    return new Promise((done) => {
      const place = line(file);
      if (file.size > largest) {
        say(place, words.tooLarge, null, null, true);
        done();
        return;
      }
      const form = new FormData();
      form.append("files", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", "/api/documents");
      for (const [name, value] of Object.entries(tokens)) request.setRequestHeader(name, value);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) {
          place.bar.value = 100 * event.loaded / event.total;
          place.state.textContent = `${words.sending} ${Math.round(place.bar.value)}%`;
        }
      });
      request.addEventListener("load", () => {
        let answer = null;
        try { answer = JSON.parse(request.responseText); } catch (other) { answer = null; }
        if (request.status === 201 || request.status === 200) {
          const received = answer[0];
          if (received.again) say(place, `${words.again} ${received.title}`, `/documents/${received.document}`, words.againOpen, true);
          else say(place, words.sent);
        } else if (request.status === 401) location.reload();
        else say(place, `${words.failed} ${answer && answer.detail ? answer.detail : request.status}`, null, null, true);
        refresh();
        done();
      });
      request.addEventListener("error", () => { say(place, words.failed, null, null, true); done(); });
      request.send(form);
    });
  }

  async function sendAll(files) {
    for (const file of files) await send(file);
  }

  input.addEventListener("change", () => { sendAll(Array.from(input.files)); input.value = ""; });
  for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    sendAll(Array.from(event.dataTransfer.files));
  });
})();
