// The desk: links to fields that the theme hides behind a widget, and keys in the queue.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-field]");
  if (!link) return;
  const name = link.dataset.field;
  const field = document.getElementById(`id_${name}`)
    || document.getElementById(`${name}-group`)
    || document.querySelector(`.field-${name}`);
  if (!field) return;
  event.preventDefault();
  const details = field.closest("details");
  if (details) details.open = true;
  (field.closest(".form-row, .field-row") || field).scrollIntoView({ block: "center" });
  const shown = field.parentElement?.querySelector(".select2-selection");
  (shown || field).focus({ preventScroll: true });
});

const isTyping = (target) => target.matches("input[type=text], textarea, select");

document.addEventListener("keydown", (event) => {
  const queue = document.querySelector("[data-queue]");
  if (!queue || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const checks = [...queue.querySelectorAll("[data-check]")];
  const at = checks.findIndex((check) => check.contains(document.activeElement));
  const go = { j: at + 1, k: Math.max(at - 1, 0) }[event.key];
  if (go !== undefined) checks[go]?.focus();
  else if (at >= 0 && event.key === "x") checks[at].querySelector("[type=checkbox]").click();
  else if (at >= 0 && event.key === "c") checks[at].querySelector("[data-confirm]")?.click();
  else if (at >= 0 && event.key === "r") checks[at].querySelector("[type=text]")?.focus();
  else return;
  event.preventDefault();
});

// The theme writes the name of a chosen file into a text field of its own widget. A
// plain file field has none beside it, shows the name itself, and would be an error.
document.addEventListener(
  "change",
  (event) => {
    if (event.target.type !== "file") return;
    const widget = event.target.parentNode.parentNode.parentNode;
    if (!widget.querySelector("input[type=text]")) event.stopPropagation();
  },
  { capture: true },
);
