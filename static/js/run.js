// A run's page while it is under way: the bar moves, the end reloads the page once.
// Without this file a link on the page shows the newest state.

const EVERY = 2000; // ms
const PATIENT = 10000; // after a fault
const SAID_EVERY = 25; // percent, for those who listen

/** Shows a standing; returns what is worth saying aloud, or nothing. */
function show(section, now, before) {
  const set = (name, text) => {
    section.querySelector(`[data-run-${name}]`).textContent = text;
  };
  const bar = section.querySelector("progress");
  const known = now.percent !== null;
  if (known) bar.value = now.percent;
  else bar.removeAttribute("value");
  if (now.stage) set("stage", now.stage);
  set("percent", known ? `${now.percent} %` : "");
  for (const name of ["count", "rate", "elapsed"]) set(name, now[name]);
  const step = (standing) => Math.floor((standing?.percent ?? 0) / SAID_EVERY);
  if (now.stage === before?.stage && step(now) === step(before)) return "";
  return [now.stage, known ? `${now.percent} %` : ""].filter(Boolean).join(", ");
}

async function standing(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

async function watch(section) {
  const said = section.querySelector("[data-run-said]");
  let before = null;
  let wait = EVERY;
  const look = async () => {
    try {
      const now = await standing(section.dataset.run);
      if (!["queued", "running"].includes(now.state)) return location.reload();
      said.textContent = show(section, now, before) || said.textContent;
      before = now;
      wait = EVERY;
    } catch {
      wait = PATIENT; // the portal may be restarting: the bar stands still
    }
    return setTimeout(look, document.hidden ? PATIENT : wait);
  };
  await look();
}

document.querySelectorAll("[data-run]").forEach(watch);
