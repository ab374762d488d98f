"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (text) => {
    const output = document.querySelector("output");
    if (output) output.textContent = text;
  };

  const copy = async (button) => {
    const address = new URL(`#${button.dataset.anchor}`, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      say("link copied");
    } catch {
      location.hash = button.dataset.anchor;
      say("copy the address of this page");
    }
  };

  const turn = (button) => {
    const closed = button.dataset.closed ?? button.textContent;
    const opening = button.textContent === closed;
    button.dataset.closed = closed;
    button.textContent = opening ? button.dataset.opened : closed;
    for (const details of all("details")) details.open = opening;
  };

  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) dispatchEvent(new Event("unfilter"));
    const details = target.querySelector(":scope > details");
    if (details) details.open = true;
    target.scrollIntoView();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".copy")) copy(button);
    if (button?.matches(".opener")) turn(button);
  });
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
  for (const button of all("button[hidden]")) button.hidden = false;
  addEventListener("hashchange", arrive);
  // Last, so that whatever else is on the page has been set up.
  setTimeout(arrive);
})();
