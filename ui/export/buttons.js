// Pictures are drawn where they are shown: by the page's own Plotly, and from the diagram's own nodes.

const SHARP = 2; // pixels of a PNG for each pixel of the page
const MOST_CELLS = 10_000; // of a heatmap that an SVG holds as rectangles
const SVG = "http://www.w3.org/2000/svg";
const LINE = 13, FOOT = 7; // the diagram's own units above it: for each line of its title, and below the last
const LETTERS = 86; // of a title that fit in a line
// What a stylesheet says of a node, and a file must say itself.
const LOOK = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "opacity",
  "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "baseline-shift", "display"];

export default function mount({ parentElement, data }) {
  let root = parentElement.querySelector(".takeaway");
  if (!root) {
    root = document.createElement("div");
    root.className = "takeaway";
    parentElement.append(root);
  }
  root.replaceChildren(...["png", "svg"].map((format) => picture(data, format)));
}

function button(label, says, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  if (says) made.setAttribute("aria-label", says);
  made.addEventListener("click", () => act(made));
  return made;
}

function picture(data, format) {
  const name = format.toUpperCase();
  return button(name, `${data.what}: ${name}`, async (made) => {
    made.disabled = true;
    try {
      const blob = await (data.take === "chart" ? chart : diagram)(data, format);
      if (blob) save(blob, `${data.file}.${format}`);
      else made.textContent = data.words.gone;
    } finally {
      made.disabled = false;
    }
  });
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// ---------------------------------------------------------------------------------------------- charts

async function chart({ key, dress, paper, ink }, format) {
  const shown = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  if (!shown || !window.Plotly) return null;
  const { width, height } = shown.getBoundingClientRect();
  const { font } = dress.layout;
  const size = { width: Math.round(width), height: Math.round(height + dress.room) };
  const figure = {
    data: shown.data.map((trace, place) => ({ ...trace, ...dress.traces[place] })),
    layout: { ...shown.layout, ...dress.layout, ...size, paper_bgcolor: paper, font: { ...font, color: ink } },
    config: { staticPlot: true },
  };
  const url = await window.Plotly.toImage(figure, { format, ...size, scale: format === "png" ? SHARP : 1 });
  const made = await fetch(url);
  if (format === "png" || cellsIn(shown) > MOST_CELLS) return made.blob();
  return new Blob([await inCells(await made.text())], { type: "image/svg+xml" });
}

const cellsIn = ({ calcdata }) =>
  Math.max(0, ...calcdata.map(([{ z, trace }]) => (trace.type === "heatmap" && z?.length ? z.length * z[0].length : 0)));

// Plotly paints a heatmap as a bitmap, which drawing programs blur: each cell becomes a rectangle of the very same colour.
export async function inCells(text) {
  const figure = new DOMParser().parseFromString(text, "image/svg+xml");
  for (const image of figure.querySelectorAll(".hm image")) {
    const painted = new Image();
    painted.src = image.getAttribute("xlink:href") ?? image.getAttribute("href");
    await painted.decode();
    image.replaceWith(cellsOf(image, painted));
  }
  return new XMLSerializer().serializeToString(figure);
}

// A cell lies between two columns of pixels, and two rows, in which something changes.
function cellsOf(image, painted) {
  const { naturalWidth: wide, naturalHeight: high } = painted, canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
  const context = canvas.getContext("2d");
  context.drawImage(painted, 0, 0);
  const bytes = context.getImageData(0, 0, wide, high).data, pixels = new Uint32Array(bytes.buffer);
  const across = edges(wide, (x) => some(high, (y) => pixels[y * wide + x] !== pixels[y * wide + x - 1]));
  const down = edges(high, (y) => some(wide, (x) => pixels[y * wide + x] !== pixels[(y - 1) * wide + x]));
  const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(image.getAttribute(name)));
  const cells = drawn("g", { "shape-rendering": "crispEdges", style: image.getAttribute("style") ?? "" });
  for (const [y, below] of down) {
    for (const [x, right] of across) {
      const at = 4 * (y * wide + x), [red, green, blue, alpha] = bytes.slice(at, at + 4);
      if (!alpha) continue;
      cells.append(drawn("rect", {
        x: left + (x * width) / wide, y: top + (y * height) / high, width: ((right - x) * width) / wide, height: ((below - y) * height) / high,
        fill: `rgb(${red},${green},${blue})`, ...(alpha < 255 && { "fill-opacity": alpha / 255 }),
      }));
    }
  }
  return cells;
}

function edges(count, changes) {
  const found = [0, ...Array.from({ length: count }, (_, at) => at).filter((at) => at && changes(at)), count];
  return found.slice(1).map((end, place) => [found[place], end]);
}

function some(count, test) {
  for (let at = 0; at < count; at++) if (test(at)) return true;
  return false;
}

// ---------------------------------------------------------------------------------------------- diagram

async function diagram(data, format) {
  const shown = document.querySelector("[data-testid=cell-diagram] svg");
  if (!shown) return null;
  const copy = dressed(shown, data);
  const text = new XMLSerializer().serializeToString(copy);
  const blob = new Blob([text], { type: "image/svg+xml" });
  return format === "svg" ? blob : painted(blob, copy.viewBox.baseVal);
}

// A copy in the diagram's own place takes the colours of the picture's paper at once, without any transition.
function dressed(shown, { paper, ink, title, beneath, words }) {
  const copy = shown.cloneNode(true);
  const mixed = (share) => `color-mix(in srgb, ${ink} ${share}%, ${paper})`;
  const colours = { "--ink": ink, "--paper": paper, "--quiet": mixed(72), "--line": mixed(18), "--soft": mixed(6), color: ink };
  for (const [name, value] of Object.entries(colours)) copy.style.setProperty(name, value);
  copy.style.position = "absolute";
  copy.style.visibility = "hidden";
  shown.parentElement.append(copy);
  for (const node of copy.querySelectorAll("*")) {
    const look = getComputedStyle(node);
    const says = LOOK.map((name) => `${name}:${look.getPropertyValue(name)}`);
    // Some programs paint the halo of a letter over the letter.
    if (node.closest("text")) says.push("stroke:none");
    node.setAttribute("style", says.join(";"));
  }
  copy.remove();
  copy.removeAttribute("style");
  copy.removeAttribute("class");
  const { width, height } = shown.viewBox.baseVal;
  const titles = broken(title), HEAD = FOOT + LINE * (titles.length + 2);
  for (const [name, value] of Object.entries({
    xmlns: SVG, viewBox: `0 ${-HEAD} ${width} ${height + HEAD}`, width: 2 * width, height: 2 * (height + HEAD),
    "font-family": "Helvetica Neue, Helvetica, Arial, sans-serif", color: ink,
  })) copy.setAttribute(name, value);
  const number = document.querySelector("[data-testid=step-number]")?.textContent;
  const token = document.querySelector("[data-testid=token][aria-current] > bdi")?.textContent;
  const unit = document.querySelector("[data-testid=unit-name]")?.textContent;
  const where = `${words.step} ${number}: ${token} · ${words.unit} ${unit}`;
  copy.prepend(
    drawn("rect", { x: 0, y: -HEAD, width, height: height + HEAD, fill: paper }),
    ...titles.map((line, place) => drawn("text", { x: 10, y: -4 - LINE * (titles.length + 1 - place), fill: ink, "font-size": 10.5, "font-weight": 700 }, line)),
    drawn("text", { x: 10, y: -17, fill: ink, "font-size": 9.5 }, beneath),
    drawn("text", { x: 10, y: -4, fill: ink, "font-size": 9.5 }, where),
  );
  return copy;
}

// A title in lines that fit, parted where it says another thing; a Chinese letter is as wide as two.
function broken(title) {
  const wide = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
  return title.split(" · ").reduce((lines, part) => {
    const line = lines.at(-1), longer = line ? `${line} · ${part}` : part;
    return line && wide(longer) > LETTERS ? [...lines, part] : [...lines.slice(0, -1), longer];
  }, [""]);
}

function drawn(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

async function painted(blob, { width, height }) {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * SHARP * width, height: 2 * SHARP * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
