// Keys: what each does; a key that is not in the table follows the link marked with it (data-key="j"). What the page
// has keys for stands in its list of them, #keys. Whoever types into a field is left alone.
const keyList = document.getElementById("keys");
const keyActions = {
  "/": () => enterSearchBox(),
  "?": () => keyList?.showModal(),
  n: () => neighbourMatch("after")?.click(),
  p: () => neighbourMatch("before")?.click(),
  j: () => walk(1),
  k: () => walk(-1),
};

document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, [contenteditable], dialog");
  if (busy || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keysAreOff()) return;
  const act = Object.hasOwn(keyActions, event.key)
    ? keyActions[event.key]
    : () => document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  if (act() !== undefined) event.preventDefault();
});

function enterSearchBox() {
  const box = document.getElementById("q");
  box?.focus();
  box?.select();
  return box;
}

// From result to result, folded ones as far as they are open; elsewhere to the article before or after.
function walk(step) {
  const list = [...document.querySelectorAll(".result-list .result-title a, .result-list .copies[open] li a")];
  if (!list.length) return document.querySelector(`[data-key="${step > 0 ? "j" : "k"}"]`)?.click();
  const place = list.indexOf(document.activeElement);
  const next = list[place < 0 && step < 0 ? list.length - 1 : place + step];
  next?.focus();
  return next;
}

// Single letters must not get in the way of those who speak to their computer: the list has a switch.
function keysAreOff() {
  try {
    return localStorage.getItem("keys") === "off";
  } catch {
    return false; // a browser that keeps nothing
  }
}

const keySwitch = keyList?.querySelector("[data-keys-on]");
if (keySwitch) {
  keySwitch.checked = !keysAreOff();
  keySwitch.addEventListener("change", () => {
    try {
      localStorage.setItem("keys", keySwitch.checked ? "on" : "off");
    } catch {
      // It holds as long as the page is open.
    }
  });
}

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}

// Matches of an article: links lead from one to the next without a script. With one, the way back to the results does not
// lead through all of them.
function neighbourMatch(side) {
  const [before, after] = document.querySelectorAll("mark:target + .hop a");
  return (side === "after" ? after : before) ?? document.querySelector(".to-match");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".hop a, .to-match");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});

// Buttons that copy the text of an element, and say so.
for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  const status = document.querySelector("[data-copied]");
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copy(source))) return;
    button.textContent = status.textContent = status.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 2000);
  });
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source); // no right to, or no https: the reader has only to press Ctrl+C
    return false;
  }
}

// Suggestions while typing: a combobox with a list, after the ARIA pattern. Without this script the box is a plain one.
const PAUSE_MS = 120;
const FEWEST_LETTERS = 2;

function suggestInto(form) {
  const box = form.elements.q;
  const list = made("ul", { id: "suggestions", role: "listbox", "aria-label": form.dataset.suggestions, class: "suggestions" });
  const status = made("p", { role: "status", class: "unseen" });
  let suggestions = [];
  let active = -1;
  let asked = 0; // the number of the last question: answers to earlier ones come too late
  let pause;

  setAttributes(box, {
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id, "aria-expanded": "false",
  });
  list.hidden = true;
  box.parentElement.append(list, status);

  function show(answer) {
    suggestions = answer.completions;
    list.replaceChildren(...suggestions.map(option));
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = answer.status;
    activate(-1);
  }

  function close() {
    clearTimeout(pause);
    asked += 1;
    show({ completions: [], status: "" });
  }

  function activate(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    const question = (asked += 1);
    if (box.value.trim().length < FEWEST_LETTERS) return close();
    try {
      const response = await fetch(`${form.dataset.completions}?${new URLSearchParams({ q: box.value })}`);
      const answer = response.ok && (await response.json());
      if (answer && question === asked && document.activeElement === box) show(answer);
    } catch {
      // Offline, or leaving the page: the box goes on as a plain one.
    }
  }

  function choose(suggestion) {
    close();
    if (suggestion.kind === "title") return location.assign(suggestion.url);
    box.value = suggestion.query;
    form.requestSubmit();
  }

  const keys = {
    ArrowDown: () => (list.hidden ? ask() : activate(active + 1 < suggestions.length ? active + 1 : -1)),
    ArrowUp: () => list.hidden || activate(active < 0 ? suggestions.length - 1 : active - 1),
    Enter: () => active < 0 || choose(suggestions[active]),
    Escape: () => list.hidden || close(),
  };

  box.addEventListener("keydown", (event) => {
    // While an input method composes a letter, the keys are its own.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    if (keys[event.key]() !== true) event.preventDefault();
  });
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  });
  box.addEventListener("blur", close); // Tab, or a click elsewhere
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the box
  list.addEventListener("click", (event) => {
    const place = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (place >= 0) choose(suggestions[place]);
  });
}

function option({ text, about }, place) {
  const item = made("li", { id: `suggestion-${place}`, role: "option", "aria-selected": "false" });
  item.append(made("span", { lang: "vi", class: "suggestion" }, text), " ", made("span", { class: "hint" }, about));
  return item;
}

function made(name, attributes, text = "") {
  const element = document.createElement(name);
  setAttributes(element, attributes);
  element.textContent = text;
  return element;
}

function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

const searchForm = document.getElementById("search");
if (searchForm?.dataset.completions) suggestInto(searchForm);
