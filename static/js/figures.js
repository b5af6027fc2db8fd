// Draws every [data-figure] with Plotly once it comes near the screen, and again
// whenever the attribute's URL changes. Tells others by the event `figure:drawn`.

const NARROW = 544; // px, the 34 rem of the style sheet's container queries
const CONFIG = {
  displayModeBar: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  topojsonURL: "/static/none/", // never Plotly's own server
};

const word = (element, key, fallback) =>
  element.dataset[key] ?? document.documentElement.dataset[key] ?? fallback;

// Style elements that Plotly makes unless it finds them: its own, and in the full
// bundle that of a map library which no figure here uses.
const OWN_STYLES = [
  "plotly.js-style-global",
  "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53",
];

const states = new WeakMap(); // element -> {figure, request, isNarrow, isDrawn, hovered}
let plotly = null;

/**
 * The page's policy forbids inline styles, also those that a script sets as an
 * attribute. Plotly does so for bold and coloured text; the same through the style
 * object is allowed. Its style sheet is part of ours, so its own is not made.
 */
function respectPolicy() {
  const setAttribute = Element.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  for (const id of OWN_STYLES) {
    const mark = document.createElement("meta");
    mark.id = id;
    mark.className = "no-inline-styles";
    document.head.append(mark);
  }
}

function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    respectPolicy();
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      plotly = null; // so that a retry asks again
      script.remove();
      reject(new Error("Plotly did not load"));
    };
    document.head.append(script);
  });
  return plotly;
}

async function fetchFigure(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(response.statusText), { detail: problem.detail });
}

/** Sets layout[a][b] for the key "a.b". */
function setPath(layout, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  keys.reduce((place, key) => (place[key] ??= {}), layout)[last] = value;
}

function layoutFor(figure, isNarrow) {
  const layout = structuredClone(figure.layout ?? {});
  const changes = isNarrow ? (layout.meta?.narrow ?? {}) : {};
  for (const [path, value] of Object.entries(changes)) setPath(layout, path, value);
  return layout;
}

/** The traces; those for wide containers only (texts inside tiles) go in a narrow one. */
function dataFor(figure, isNarrow) {
  const data = structuredClone(figure.data);
  return isNarrow ? data.filter((trace) => !trace.meta?.wide_only) : data;
}

async function render(element) {
  const Plotly = await loadPlotly();
  const state = states.get(element);
  const { figure } = state;
  const isFirst = !state.isDrawn;
  state.isNarrow = element.clientWidth < NARROW;
  state.hovered = null;
  if (isFirst) element.replaceChildren();
  const layout = layoutFor(figure, state.isNarrow);
  await Plotly.react(element, dataFor(figure, state.isNarrow), layout, CONFIG);
  state.isDrawn = true;
  // A redraw with another height keeps the old width.
  if (element._fullLayout.width !== element.clientWidth) await Plotly.Plots.resize(element);
  element.style.minHeight = "";
  if (figure.summary) element.setAttribute("aria-label", figure.summary); // of another year
  if (isFirst) followLinks(element, state);
  element.dispatchEvent(new CustomEvent("figure:drawn", { bubbles: true, detail: figure }));
}

async function draw(element) {
  const state = states.get(element);
  state.request?.abort();
  const request = (state.request = new AbortController());
  element.setAttribute("aria-busy", "true");
  state.message?.remove();
  try {
    const [figure] = await Promise.all([
      fetchFigure(element.dataset.figure, request.signal),
      loadPlotly(),
    ]);
    if (request.signal.aborted) return;
    state.figure = figure;
    await render(element);
  } catch (error) {
    if (request.signal.aborted) return;
    showError(element, error);
  }
  element.removeAttribute("aria-busy");
}

/** A message beside the figure (a role of img would hide it inside) and a retry. */
function showError(element, error) {
  const message = document.createElement("div");
  message.className = "alert alert-warn figure-error";
  message.setAttribute("role", "alert");
  const text = document.createElement("span");
  text.textContent = error.detail ?? word(element, "error", "The figure could not be loaded.");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = word(element, "retry", "Try again");
  button.addEventListener("click", () => draw(element));
  message.append(text, button);
  element.style.minHeight = "";
  const state = states.get(element);
  if (state.isDrawn) window.Plotly.purge(element); // also forgets what followLinks set
  state.isDrawn = false;
  element.classList.remove("is-link");
  element.replaceChildren();
  element.after(message);
  state.message = message;
}

/** The page a point or a filled shape stands for, or null. */
function urlOf(point) {
  const own = point?.customdata;
  const url = point?.data?.meta?.url ?? own?.url ?? (Array.isArray(own) ? own.at(-1) : own);
  return typeof url === "string" && /^\/(?!\/)/.test(url) ? url : null;
}

function followLinks(element, state) {
  const point = (url) => {
    state.hovered = url;
    element.classList.toggle("is-link", Boolean(url));
  };
  element.on("plotly_hover", (event) => point(urlOf(event.points?.[0])));
  element.on("plotly_unhover", () => point(null));
  element.on("plotly_click", (event) => {
    const url = urlOf(event.points?.[0]) ?? state.hovered;
    if (!url) return;
    if (event.event?.ctrlKey || event.event?.metaKey) open(url, "_blank", "noopener");
    else location.assign(url);
  });
}

/** After a change of width: fit, or draw anew where the narrow layout begins or ends. */
function fit(element) {
  const state = states.get(element);
  const width = element.clientWidth;
  if (!state?.figure || !width || !element._fullLayout) return;
  if (width < NARROW !== state.isNarrow) render(element);
  else if (Math.abs(element._fullLayout.width - width) > 1) window.Plotly.Plots.resize(element);
}

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const state = states.get(target);
    clearTimeout(state.timer);
    state.timer = setTimeout(fit, 120, target);
  }
});

const changed = new MutationObserver((records) => {
  for (const element of new Set(records.map((record) => record.target))) {
    if (states.get(element)?.request) draw(element); // others are drawn when they come near
  }
});

const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((item) => item.isIntersecting)) {
      near.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "400px" },
);

const PAPER = 680; // px, the width between the margins of an A4 page
const COLUMNS = { g5: 5, g6: 6, g7: 7, g8: 8 };

/** The width a figure's column will have on paper. */
function paperWidth(element) {
  const column = element.closest(".g5, .g6, .g7, .g8");
  const name = column && Object.keys(COLUMNS).find((key) => column.classList.contains(key));
  return name ? (PAPER * COLUMNS[name]) / 12 - 8 : PAPER;
}

/** Draws what was never near the screen, fits all to paper, prints, and fits back. */
async function printPage() {
  const elements = [...document.querySelectorAll("[data-figure]")];
  near.disconnect();
  await Promise.all(elements.map((element) => states.get(element).figure ?? draw(element)));
  const drawn = elements.filter((element) => element._fullLayout);
  const heights = drawn.map((element) => element.layout.height);
  for (const element of drawn) {
    const width = paperWidth(element);
    // Lines stay readable at this height, and six of them fit on a page.
    const change = element.matches(".plot-trend") ? { width, height: 220 } : { width };
    await window.Plotly.relayout(element, change);
  }
  print();
  for (const [i, element] of drawn.entries()) {
    await window.Plotly.relayout(element, { width: null, height: heights[i] });
  }
}

document.addEventListener("page:print", printPage);

for (const element of document.querySelectorAll("[data-figure]")) {
  states.set(element, {});
  if (element.dataset.height) element.style.minHeight = `${element.dataset.height}px`;
  changed.observe(element, { attributeFilter: ["data-figure"] });
  resized.observe(element);
  near.observe(element);
}
