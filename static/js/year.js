// Turns select[data-year-slider] into a range input that changes the page in place.
// The select stays in the form, so that the form submits the year chosen.

const DELAY = 150; // ms without movement before anything is fetched

function withYear(address, year) {
  const url = new URL(address, location.href);
  url.searchParams.set("year", year);
  return url.pathname + url.search + url.hash;
}

/** Downloads beside the figures: addresses of their data, file names of the pictures. */
function showYearInMenus(year, before) {
  for (const link of document.querySelectorAll('.figure-menu a[href*="year="]')) {
    link.setAttribute("href", withYear(link.href, year));
  }
  for (const button of document.querySelectorAll("[data-download][data-name]")) {
    const parts = button.dataset.name.split("_");
    button.dataset.name = parts.map((part) => (part === before ? year : part)).join("_");
  }
}

/** Figures (figures.js draws them anew), links to their data, and plain words. */
function showYear(year) {
  for (const element of document.querySelectorAll("[data-year]")) {
    if (element.dataset.figure) element.dataset.figure = withYear(element.dataset.figure, year);
    if (element.hasAttribute("href")) element.setAttribute("href", withYear(element.href, year));
    element.dataset.year = year;
  }
  for (const element of document.querySelectorAll("[data-year-text]")) element.textContent = year;
}

/** Takes over the parts that the server renders, each by its id. */
async function swapParts(url, signal) {
  const parts = [...document.querySelectorAll("[data-year-part][id]")];
  if (!parts.length) return;
  for (const part of parts) part.setAttribute("aria-busy", "true");
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  signal.throwIfAborted();
  for (const part of parts) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
    else part.removeAttribute("aria-busy");
  }
  document.title = page.title;
}

function buildSlider(select, years) {
  const box = document.createElement("div");
  box.className = "slider";
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: 0, max: years.length - 1, step: 1 });
  range.value = Math.max(years.indexOf(select.value), 0);
  range.id = `${select.id || "year"}-slider`;
  const ends = document.createElement("div");
  ends.className = "ends";
  const [first, last] = [years[0], years.at(-1)].map((year) => {
    const end = document.createElement("span");
    end.textContent = year;
    return end;
  });
  const output = document.createElement("output");
  output.htmlFor = range.id;
  ends.append(first, output, last);
  box.append(range, ends);
  for (const label of select.labels) label.htmlFor = range.id;
  if (!range.labels.length && select.ariaLabel) range.ariaLabel = select.ariaLabel;
  return { box, range, output };
}

function enhance(select) {
  const years = [...select.options]
    .map((option) => option.value)
    .filter((value) => /^\d{4}$/.test(value))
    .sort();
  if (years.length < 2) return;
  const { box, range, output } = buildSlider(select, years);
  let request = null;
  let timer = 0;
  const say = () => {
    output.textContent = years[range.value];
    range.setAttribute("aria-valuetext", years[range.value]);
  };
  const apply = () => {
    const year = years[range.value];
    if (year === select.value) return;
    const url = withYear(location.href, year);
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    showYearInMenus(year, select.value);
    select.value = year;
    showYear(year);
    history.replaceState(history.state, "", url);
    // A page half in one year and half in another would mislead: load it whole.
    swapParts(url, signal).catch(() => signal.aborted || location.reload());
  };
  range.addEventListener("input", () => {
    say();
    clearTimeout(timer);
    timer = setTimeout(apply, DELAY);
  });
  select.hidden = true;
  select.after(box);
  say();
}

document.querySelectorAll("select[data-year-slider]").forEach(enhance);
