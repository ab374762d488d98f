"use strict";
(() => {
  const form = document.getElementById("_filter");
  const output = form.querySelector("output");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const listed = (text) => (text ?? "").split("\n").filter(Boolean);
  const facts = ["area", "status", "actor", "year"];
  const entries = all(".entry").map((element) => ({
    element,
    about: listed(element.dataset.about ?? element.id),
    ...Object.fromEntries(facts.map((name) => [name, listed(element.dataset[name])])),
  }));
  const lanes = all(".lane[data-for]");
  const ticks = all(".lane svg a").map((tick) => [tick, tick.getAttribute("href").slice(1)]);
  const groups = all(".group");
  const text = (entry) => (entry.text ??= entry.element.textContent.toLowerCase());

  let waiting;
  let unknown = [];

  const chosen = () => Object.entries(Object.fromEntries(new FormData(form))).filter(([, value]) => value.trim());

  const apply = () => {
    const { text: words, ...wanted } = Object.fromEntries(chosen());
    const word = words?.trim().toLowerCase();
    const asked = new Set(listed(form.elements.actor?.selectedOptions[0].dataset.asked));
    // What names no actor is about all who are asked.
    const fits = (entry, name, value) =>
      entry[name].includes(value) ||
      (name === "actor" && !entry.actor.length && entry.about.some((id) => asked.has(id)));
    const about = new Set();
    const gone = new Set();
    let shown = 0;
    for (const entry of entries) {
      const matches =
        Object.entries(wanted).every(([name, value]) => fits(entry, name, value)) &&
        (!word || text(entry).includes(word));
      entry.element.hidden = !matches;
      if (matches) for (const id of entry.about) about.add(id);
      else gone.add(entry.element.id);
      shown += matches;
    }
    // A lane without any update is no match, and there as long as nothing is asked for.
    for (const lane of lanes) lane.hidden = shown < entries.length && !about.has(lane.dataset.for);
    for (const [tick, anchor] of ticks) tick.toggleAttribute("hidden", gone.has(anchor));
    for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden])");
    const rest = unknown.length ? `; not understood in the address: ${unknown.join(", ")}` : "";
    output.textContent = `${shown} of ${entries.length} shown${rest}`;
  };

  // A filtered view can be sent: what is chosen is in the address.
  const remember = () => {
    const query = new URLSearchParams(chosen()).toString();
    const address = new URL(location.href);
    address.search = query;
    if (address.hash.includes("=")) address.hash = "";
    history.replaceState(null, "", address);
  };

  // No anchor has such a sign in it.
  const asked = () =>
    [location.search, location.hash].flatMap((part) => (part.includes("=") ? [...new URLSearchParams(part.slice(1))] : []));

  const recall = () => {
    form.reset();
    unknown = [];
    for (const [name, value] of asked()) {
      const field = form.elements[name];
      const options = field?.options ? [...field.options] : [];
      const option = options.find((each) => each.value.toLowerCase() === value.trim().toLowerCase());
      if (name === "text") field.value = value;
      else if (option) field.value = option.value;
      else if (!/^utm_|clid$/.test(name)) unknown.push(`${name}=${value}`);
    }
  };

  const clear = () => {
    clearTimeout(waiting);
    form.reset();
    unknown = [];
    apply();
    remember();
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      unknown = [];
      apply();
      remember();
    }, 60);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".clear").addEventListener("click", clear);
  addEventListener("unfilter", clear);
  const begin = () => {
    recall();
    apply();
  };
  addEventListener("popstate", begin);
  form.hidden = false;
  begin();
})();
