// Suggestions under a search box: an ARIA 1.2 combobox with a list of options.
// Without a choice, Enter submits the form as it does without this file.

const DELAY = 120; // ms between the last key and the request

const word = (element, key, fallback) =>
  element.dataset[key] ?? document.documentElement.dataset[key] ?? fallback;

let count = 0;

function build(input) {
  const id = `suggest-${++count}`;
  const list = document.createElement("ul");
  Object.assign(list, { id, className: "suggest-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? input.placeholder);
  const status = document.createElement("div");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const attributes = {
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  input.after(list, status);
  return { input, list, status, active: -1, request: null, timer: 0 };
}

/** The label as nodes, with a mark around what answers to the words typed. */
function pieces({ label = "", parts = [[label, false]] }) {
  return parts.map(([text, isMarked]) => {
    if (!isMarked) return document.createTextNode(text);
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

function option(result, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = result.url ?? "";
  for (const name of ["label", "note", "kind"]) {
    const span = document.createElement("span");
    span.className = name;
    if (name === "label") span.append(...pieces(result));
    else span.textContent = result[name] ?? "";
    item.append(span, " ");
  }
  return item;
}

function activate(box, index) {
  const { input, list } = box;
  list.children[box.active]?.setAttribute("aria-selected", "false");
  box.active = index;
  const item = list.children[index];
  if (!item) return input.removeAttribute("aria-activedescendant");
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  return input.setAttribute("aria-activedescendant", item.id);
}

/** Forgets a request on its way or about to leave. */
function settle(box) {
  clearTimeout(box.timer);
  box.request?.abort();
}

function close(box) {
  settle(box);
  activate(box, -1);
  box.list.hidden = true;
  box.status.textContent = "";
  box.input.setAttribute("aria-expanded", "false");
}

function show(box, results) {
  const { input, list, status } = box;
  activate(box, -1);
  list.replaceChildren(...results.map((result, i) => option(result, `${list.id}-${i}`)));
  list.hidden = !results.length;
  input.setAttribute("aria-expanded", String(results.length > 0));
  const many = word(input, "results", "{n} suggestions");
  const one = word(input, "oneResult", "1 suggestion");
  const none = word(input, "noResults", "No suggestions");
  status.textContent = [none, one][results.length] ?? many.replace("{n}", results.length);
}

async function suggest(box) {
  const { input } = box;
  const q = input.value.trim();
  box.request?.abort();
  if (!q) return close(box);
  const { signal } = (box.request = new AbortController());
  try {
    const url = new URL(input.dataset.suggest, location.href);
    url.searchParams.set("q", q);
    const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
    const { results } = response.ok ? await response.json() : { results: [] };
    if (!signal.aborted) show(box, results);
  } catch {
    if (!signal.aborted) close(box); // the form still searches
  }
}

/** Puts the option into a field of a form, or goes to its page on this site. */
function choose(box, item) {
  const { input } = box;
  if (item && "fill" in input.dataset) {
    input.value = item.querySelector(".label").textContent;
    close(box);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (/^\/(?!\/)/.test(item?.dataset.url ?? "")) location.assign(item.dataset.url);
}

/** What a key does while the list is open; true when it is used up. */
function handleOpen(box, key) {
  const last = box.list.children.length - 1;
  const { active } = box;
  const moves = {
    ArrowDown: active < last ? active + 1 : 0,
    ArrowUp: active > 0 ? active - 1 : last,
    ...(active >= 0 && { Home: 0, End: last }),
  };
  if (key in moves) {
    settle(box); // a late answer must not take away the list one walks in
    activate(box, moves[key]);
  } else if (key === "Enter" && active >= 0) choose(box, box.list.children[active]);
  else if (key === "Escape") close(box);
  else return false;
  return true;
}

function onKey(box, event) {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Tab") close(box);
  else if (!box.list.hidden) {
    if (handleOpen(box, event.key)) event.preventDefault();
  } else if (event.key === "ArrowDown") {
    event.preventDefault();
    suggest(box);
  }
}

function enhance(input) {
  const box = build(input);
  input.addEventListener("input", () => {
    clearTimeout(box.timer);
    box.timer = setTimeout(suggest, DELAY, box);
  });
  input.addEventListener("keydown", (event) => onKey(box, event));
  input.addEventListener("blur", () => close(box));
  input.form?.addEventListener("submit", () => close(box));
  // Keeps the focus in the field, so that a press on the list does not close it.
  box.list.addEventListener("pointerdown", (event) => event.preventDefault());
  box.list.addEventListener("mousedown", (event) => event.preventDefault());
  box.list.addEventListener("click", (event) => choose(box, event.target.closest("[role=option]")));
}

const enhanceIn = (part) => part.querySelectorAll("input[data-suggest]").forEach(enhance);

enhanceIn(document);
// Fields that another script has put into the page.
document.addEventListener("page:added", (event) => enhanceIn(event.target));
