// Lists in the form of a practice grow and are narrowed; without this file each has
// an empty place to fill in, which comes again once it was saved.

/** Tells other scripts, such as that of the suggestions, of new fields. */
function announce(part) {
  part.dispatchEvent(new Event("page:added", { bubbles: true }));
}

function addLine(list) {
  const lines = list.querySelectorAll(".line");
  const line = lines[lines.length - 1];
  const copy = document.createElement("div");
  copy.className = line.className;
  const label = line.querySelector("label").cloneNode(true);
  const old = line.querySelector("input");
  const input = document.createElement("input");
  for (const name of ["class", "type", "name", "maxlength", "data-fill", "data-suggest"]) {
    input.setAttribute(name, old.getAttribute(name));
  }
  input.id = `${old.id.replace(/_\d+$/, "")}_${lines.length}`;
  label.htmlFor = input.id;
  label.textContent = label.textContent.replace(/\d+$/, lines.length + 1);
  copy.append(label, input);
  line.after(copy);
  announce(copy);
  input.focus();
}

function addPiece(section) {
  const total = section.querySelector('[name="evidence-TOTAL_FORMS"]');
  const part = document.createElement("div");
  part.innerHTML = section
    .querySelector("template[data-piece]")
    .innerHTML.replaceAll("__prefix__", total.value);
  total.value = Number(total.value) + 1;
  section.querySelector("[data-pieces]").append(part);
  announce(part);
  part.querySelector("input:not([type=hidden])").focus();
}

/** Shows the boxes whose words hold what was typed, and the lists that have some. */
function narrow(input) {
  const wanted = input.value.trim().toLocaleLowerCase();
  const boxes = input.closest("fieldset").querySelector("[data-ticks]");
  for (const label of boxes.querySelectorAll("label")) {
    label.hidden = !label.textContent.toLocaleLowerCase().includes(wanted);
  }
  for (const group of boxes.querySelectorAll("details")) {
    const found = group.querySelector("label:not([hidden])");
    group.hidden = !found;
    if (wanted) group.open = Boolean(found);
    else group.open = Boolean(group.querySelector(":checked"));
  }
}

for (const list of document.querySelectorAll("[data-lines]")) {
  const button = list.querySelector("[data-add-line]");
  button.hidden = false;
  button.addEventListener("click", () => addLine(list));
}
for (const button of document.querySelectorAll("[data-add-piece]")) {
  button.hidden = false;
  button.addEventListener("click", () => addPiece(button.closest("section")));
}
for (const input of document.querySelectorAll("[data-filter]")) {
  input.closest(".tick-filter").hidden = false;
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing of the practice changes
    narrow(input);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
