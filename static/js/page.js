// Small helpers of every page. Without this file each page still works.

const word = (element, key, fallback) =>
  element.dataset[key] ?? document.documentElement.dataset[key] ?? fallback;

/** Marks the section being read in the sticky list of anchors. */
function followScroll(nav) {
  const links = [...nav.querySelectorAll('a[href^="#"]')];
  const pairs = links
    .map((link) => [link, document.getElementById(link.hash.slice(1))])
    .filter(([, section]) => section);
  if (!pairs.length) return;
  let marked = null;
  let waiting = false;
  const mark = () => {
    waiting = false;
    const line = nav.getBoundingClientRect().bottom + innerHeight * 0.2;
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const passed = pairs.filter(([, section]) => section.getBoundingClientRect().top <= line);
    const [link] = atEnd ? pairs.at(-1) : (passed.at(-1) ?? pairs[0]);
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    marked = link;
    const list = link.closest("ul");
    if (list) list.scrollLeft = link.offsetLeft - list.offsetLeft - 16;
  };
  const later = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  mark();
}

/** Closes open figure menus, except the one that holds `inside`. */
function closeMenus(inside = null) {
  for (const menu of document.querySelectorAll("details.figure-menu[open]")) {
    if (!menu.contains(inside)) menu.open = false;
  }
}

function closeMenuOnEscape(event) {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.figure-menu[open]");
  closeMenus();
  menu?.querySelector("summary").focus();
}

/** Text to copy: `#id` means that element's value or text, anything else is the text. */
function textToCopy(value) {
  const source = value.startsWith("#") ? document.querySelector(value) : null;
  return source ? (source.value ?? source.textContent).trim() : value;
}

/** The clipboard is closed to pages without https; a selected field is not. */
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("copy refused");
}

async function copyFrom(button, status) {
  const label = button.dataset.label ?? button.textContent;
  let message = word(button, "copied", "Copied");
  try {
    await copyText(textToCopy(button.dataset.copy));
  } catch {
    message = word(button, "notCopied", "Could not copy");
  }
  button.dataset.label = label;
  button.textContent = message;
  status.textContent = message;
  button.focus();
  setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, 2000);
}

function statusLine() {
  const status = document.createElement("div");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  return status;
}

function submitOnChange(form) {
  for (const button of form.querySelectorAll('button:not([type]), [type="submit"]')) {
    button.hidden = true;
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
}

/** Figures far from the screen are not drawn yet: figures.js sees to them first. */
function printPage() {
  if (!document.querySelector("[data-figure]")) print();
  else document.dispatchEvent(new Event("page:print"));
}

const status = statusLine();
document.querySelectorAll(".anchor-nav").forEach(followScroll);
document.querySelectorAll("form[data-autosubmit]").forEach(submitOnChange);
for (const button of document.querySelectorAll("[data-print], [data-copy]")) button.hidden = false;
document.addEventListener("keydown", closeMenuOnEscape);
document.addEventListener("keydown", (event) => {
  if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  printPage();
});
document.addEventListener("click", (event) => {
  closeMenus(event.target);
  if (event.target.closest("[data-print]")) printPage();
  const button = event.target.closest("[data-copy]");
  if (button) copyFrom(button, status);
});
