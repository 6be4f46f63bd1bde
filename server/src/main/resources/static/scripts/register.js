// The register: chosen rows, pick lists, and the running sum of a split. Everything works without it but the bulk bar.
"use strict";
(() => {
  const form = document.getElementById("chosen");
  if (form) {
    const boxes = [...form.querySelectorAll('input[name="id"]')];
    const all = document.getElementById("choose-all");
    const bar = form.querySelector(".bulk");
    const words = bar.querySelector("[data-one]");
    const show = () => {
      const count = boxes.filter((box) => box.checked).length;
      bar.classList.toggle("on", count > 0);
      words.textContent = words.dataset.one.replace("#", String(count));
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
      for (const box of boxes) { box.closest("tr").setAttribute("aria-selected", String(box.checked)); }
    };
    all.addEventListener("change", () => { for (const box of boxes) { box.checked = all.checked; } show(); });
    let last = null;
    for (const box of boxes) {
      box.addEventListener("click", (event) => {
        if (event.shiftKey && last) {
          const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
          for (let i = from; i <= to; i++) { boxes[i].checked = box.checked; }
        }
        last = box;
      });
      box.addEventListener("change", show);
    }
    show();
  }

  // A day typed by hand overrules the ranges.
  document.addEventListener("change", (event) => {
    if (event.target.matches('.pick-days input') && event.target.value) {
      for (const range of event.target.form.querySelectorAll('input[name="due"]')) { range.checked = false; }
    }
    if (event.target.matches('input[name="due"]')) {
      for (const day of event.target.form.querySelectorAll('.pick-days input')) { day.value = ""; }
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".pick-form")) {
      for (const day of event.target.querySelectorAll('.pick-days input')) { day.disabled = day.value === ""; }
    }
  });

  // Sums in whole steps of 10^-6, so that 0.1 + 0.2 is 0.3.
  const DIGITS = 6;
  const steps = (text) => {
    const match = /^\s*(\d*)(?:\.(\d{0,6}))?\s*$/.exec(text.replace(/[,，]/g, ""));
    return match ? BigInt(match[1] || "0") * 10n ** BigInt(DIGITS) + BigInt((match[2] || "").padEnd(DIGITS, "0")) : null;
  };
  const plain = (value) => {
    const text = String(value).padStart(DIGITS + 1, "0");
    return (text.slice(0, -DIGITS) + "." + text.slice(-DIGITS)).replace(/\.?0+$/, "") || "0";
  };
  const split = document.querySelector(".split-form");
  const out = split && split.querySelector(".sum");
  if (out) {
    const shares = [...split.querySelectorAll(".share")];
    const difference = split.querySelector(".difference");
    const total = steps(split.dataset.total);
    const add = () => {
      let sum = 0n;
      for (const share of shares) {
        const value = steps(share.value);
        share.setAttribute("aria-invalid", String(value === null));
        sum += value === null ? 0n : value;
      }
      out.textContent = plain(sum);
      const off = sum - total;
      difference.textContent = off === 0n ? difference.dataset.even
        : (off < 0n ? difference.dataset.less : difference.dataset.more).replace("#", plain(off < 0n ? -off : off));
      difference.classList.toggle("off", off !== 0n);
      difference.classList.toggle("even", off === 0n);
    };
    for (const share of shares) {
      share.addEventListener("input", () => { split.querySelector('[name="method"]').value = "hand"; add(); });
    }
    add();
  }
})();
