// The form of a practice saves itself; without this file its buttons do.

const QUIET = 1500; // ms without a key before what was typed is sent
const AGAIN = 15_000; // ms until the portal is asked again when it was away

const form = document.querySelector("form[data-autosave]");
const state = form?.querySelector("[data-save-state]");
const words = form?.dataset;

let kept = "";
let refused = "";
let timer = 0;
let isSending = false;
let isLeaving = false;

/** All that can be typed, without what changes by itself. */
function typed() {
  const data = new FormData(form);
  for (const name of ["seen", "csrfmiddlewaretoken"]) data.delete(name);
  return new URLSearchParams(data).toString();
}

const isDirty = () => typed() !== kept;

function say(text, kind = "") {
  state.dataset.kind = kind;
  if (state.textContent !== text) state.textContent = text;
}

/** The page with both texts comes when the form is sent as without a script. */
function offerComparison(message) {
  say(`${words.notSaved} ${message} `, "bad");
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", className: "btn", name: "then", value: "stay" });
  button.textContent = words.compare;
  state.append(button);
}

async function send() {
  const body = new FormData(form);
  body.set("autosave", "1");
  const response = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
  });
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (!isJson) throw new Error(response.redirected ? "signed out" : "no answer");
  return [response.status, await response.json()];
}

function hear(status, answer, sent) {
  if (status === 409) {
    refused = sent; // asked again only once something else is typed
    if (answer.conflict) offerComparison(answer.message);
    else say(`${words.notSaved} ${answer.message}`, "bad");
    return;
  }
  kept = sent;
  form.elements.seen.value = answer.seen;
  if (!answer.problems.length) say(answer.at, "ok");
  else say(`${words.partly} ${answer.problems.join(" ")}`, "bad");
}

async function save() {
  clearTimeout(timer);
  if (isSending || isLeaving || !isDirty() || typed() === refused) return;
  isSending = true;
  say(words.saving);
  const sent = typed();
  try {
    hear(...(await send()), sent);
  } catch (error) {
    if (isLeaving) return;
    const isOut = error.message === "signed out";
    say(`${words.notSaved} ${isOut ? words.signedOut : words.offline}`, "bad");
    timer = setTimeout(save, AGAIN);
    return;
  } finally {
    isSending = false;
  }
  if (isDirty() && typed() !== refused) later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, QUIET);
}

function noticeTyping() {
  if (!isDirty() || typed() === refused) return;
  if (!isSending) say(words.typing);
  later();
}

function guard(event) {
  if (isLeaving || (!isDirty() && !isSending)) return;
  event.preventDefault();
}

/** How many words there are, counted as the portal counts them. */
function count(line) {
  const field = document.getElementById(line.dataset.words);
  const number = field.value.split(/\s+/).filter(Boolean).length;
  const text = number === 1 ? words.wordsOne : words.wordsMany.replace("{n}", number);
  line.querySelector("[data-count]").textContent = text;
  const isOff = number > 0 && (number < line.dataset.min || number > line.dataset.max);
  line.classList.toggle("is-off", isOff);
}

if (form) {
  // A comparison on the page wants a choice, so nothing is sent before it is made.
  const isComparing = Boolean(form.querySelector(".conflict"));
  const isBound = Boolean(form.querySelector('[role="alert"]'));
  kept = isBound ? "" : typed();
  for (const line of form.querySelectorAll("[data-words]")) {
    document.getElementById(line.dataset.words).addEventListener("input", () => count(line));
  }
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("beforeunload", guard);
  if (!isComparing) {
    form.addEventListener("input", noticeTyping);
    form.addEventListener("change", save);
    addEventListener("online", save);
  }
  form.querySelector('[role="alert"]')?.focus();
}
