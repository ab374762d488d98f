"use strict";
(() => {
  const form = document.getElementById("_filter");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const lanes = new Map();
  for (const lane of all(".lane[data-for]")) {
    lanes.set(lane.dataset.for, [...(lanes.get(lane.dataset.for) ?? []), lane]);
  }
  const entries = all(".recommendation").map((article) => ({
    article,
    lanes: lanes.get(article.id) ?? [],
    area: article.dataset.area,
    status: article.dataset.status,
    text: article.textContent.toLowerCase(),
  }));
  const areas = all(".area");
  const output = form.querySelector("output");

  const apply = () => {
    const { area, status, text } = Object.fromEntries(new FormData(form));
    const word = text.trim().toLowerCase();
    let shown = 0;
    for (const entry of entries) {
      const wanted =
        (!area || entry.area === area) && (!status || entry.status === status) && (!word || entry.text.includes(word));
      entry.article.hidden = !wanted;
      for (const lane of entry.lanes) lane.hidden = !wanted;
      shown += wanted;
    }
    for (const section of areas) section.hidden = !section.querySelector(".recommendation:not([hidden])");
    output.textContent = `${shown} of ${entries.length} shown`;
  };

  const open = () => {
    const target = document.querySelector(":target");
    if (!target) return;
    const article = target.closest(".recommendation");
    if (article && article.hidden) {
      form.reset();
      apply();
    }
    const details = target.querySelector(":scope > details");
    if (details) details.open = true;
    target.scrollIntoView();
  };

  const copy = async (button) => {
    const address = new URL(`#${button.dataset.anchor}`, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      output.textContent = "link copied";
    } catch {
      location.hash = button.dataset.anchor;
      output.textContent = "copy the address of this page";
    }
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 60);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button) copy(button);
  });
  addEventListener("hashchange", open);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });

  for (const button of all("button.copy")) button.hidden = false;
  form.hidden = false;
  apply();
  open();
})();
