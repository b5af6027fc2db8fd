// Saves a drawn figure as a picture with its title, subtitle, key and sources.
// Only for [data-download="png|svg"] buttons inside a <figure>.

const WIDTH = 1200;
const HEIGHT = 700;
const EDGE = 32; // px between the picture's edge and its texts
const LINE = 19; // px, a line of small text
const INK = "#16212c";
const INK_2 = "#46535f";

const figures = new WeakMap(); // [data-figure] element -> {data, layout}

const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const textOf = (figure, selector) => words(figure.querySelector(selector));

/** Breaks text into lines of at most `length` characters; words stay whole. */
function lines(text, length) {
  const rows = [""];
  for (const part of text.split(" ").filter(Boolean)) {
    if (rows.at(-1) && rows.at(-1).length + part.length >= length) rows.push("");
    rows.push(`${rows.pop()} ${part}`.trim());
  }
  return rows[0] ? rows.map(plain) : [];
}

/** The key beside the figure as one line of coloured squares and words. */
function keyLine(figure) {
  const items = [...figure.querySelectorAll(".legend [role=listitem]")].map((item) => {
    const swatch = item.querySelector("rect, circle, path, line") ?? item;
    const { fill, stroke } = getComputedStyle(swatch);
    const isColour = /^rgb/.test(fill) && fill !== "rgb(255, 255, 255)";
    const square = isColour ? "■" : "□";
    const colour = isColour ? fill : /^rgb/.test(stroke) ? stroke : INK_2;
    return `<span style="color:${colour};font-size:18px">${square}</span> ${plain(item.innerText.trim())}`;
  });
  return items.join("    ");
}

const note = (text, margin, place) => ({
  text,
  xref: "paper",
  yref: "paper",
  x: 0,
  xanchor: "left",
  xshift: EDGE - margin.l,
  align: "left",
  showarrow: false,
  ...place,
});

/** The layout with room above and below for what the page shows around the figure. */
function pictureLayout(figure, source) {
  const layout = structuredClone(source);
  const title = lines(textOf(figure, "h3"), 90);
  const sub = lines(textOf(figure, ".sub"), 150);
  const key = keyLine(figure);
  const notes = [...(figure.querySelector(".figure-foot")?.children ?? [])].map(words);
  const foot = lines(notes.filter(Boolean).join(" · "), 165);
  const above = EDGE + title.length * 30 + (sub.length + (key ? 1.5 : 0)) * LINE + 12;
  const below = EDGE + foot.length * LINE;
  const old = { l: 80, r: 80, t: 80, b: 80, ...layout.margin };
  const margin = {
    ...old,
    l: Math.max(old.l, EDGE),
    r: Math.max(old.r, EDGE),
    t: old.t + above,
    b: old.b + below,
  };
  const top = (offset) => ({ y: 1, yanchor: "top", yshift: margin.t - offset });
  const subTop = EDGE + title.length * 30;
  const texts = [
    [title.map((row) => `<b>${row}</b>`).join("<br>"), top(EDGE - 8), { size: 24, color: INK }],
    [sub.join("<br>"), top(subTop), { size: 15, color: INK_2 }],
    [key, top(subTop + sub.length * LINE + 6), { size: 14, color: INK_2 }],
    [foot.join("<br>"), { y: 0, yanchor: "bottom", yshift: EDGE / 2 - margin.b }, { size: 13, color: INK_2 }],
  ]
    .filter(([text]) => text)
    .map(([text, place, font]) => note(text, margin, { ...place, font }));
  return Object.assign(layout, {
    margin,
    paper_bgcolor: "#ffffff",
    annotations: [...(layout.annotations ?? []), ...texts],
    width: WIDTH,
    height: Math.max(HEIGHT, (layout.height ?? 0) + above + below),
  });
}

async function save(button) {
  const figure = button.closest("figure");
  const drawing = figures.get(figure.querySelector("[data-figure]"));
  if (!drawing) return;
  const format = button.dataset.download;
  const layout = pictureLayout(figure, drawing.layout ?? {});
  const { width, height } = layout;
  const spec = { data: structuredClone(drawing.data), layout };
  const link = document.createElement("a");
  link.href = await window.Plotly.toImage(spec, { format, width, height });
  link.download = `${button.dataset.name || "figure"}.${format}`;
  link.click();
}

for (const button of document.querySelectorAll("figure [data-download]")) {
  button.hidden = false;
  button.disabled = true;
}
document.addEventListener("figure:drawn", (event) => {
  figures.set(event.target, event.detail);
  const buttons = event.target.closest("figure")?.querySelectorAll("[data-download]") ?? [];
  for (const button of buttons) button.disabled = false;
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("figure [data-download]");
  if (!button) return;
  button.disabled = true;
  await save(button).finally(() => (button.disabled = false));
});
