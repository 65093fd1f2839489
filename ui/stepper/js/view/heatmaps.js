// Heatmaps on canvases: the cells that Plotly paints, at the same pixels in the same colours, but within a frame.

const RGBA = /[\d.]+/g;

// A colour scale over low..high, [[share, "rgba(r,g,b,a)"], …], as a function from a value to a pixel of an ImageData.
export function createColours(scale, low, high) {
  const stops = scale.map(([share]) => low + share * (high - low)), last = stops.length - 2;
  const [red, green, blue, alpha] = [0, 1, 2, 3].map((channel) => scale.map(([, colour]) => Number(colour.match(RGBA)[channel])));
  return (value) => {
    if (Number.isNaN(value)) return 0;
    let k = 0;
    while (k < last && value > stops[k + 1]) k++;
    const share = Math.max(0, Math.min(1, (value - stops[k]) / (stops[k + 1] - stops[k])));
    const r = red[k] + share * (red[k + 1] - red[k]), g = green[k] + share * (green[k + 1] - green[k]);
    const b = blue[k] + share * (blue[k + 1] - blue[k]), a = 255 * (alpha[k] + share * (alpha[k + 1] - alpha[k]));
    return ((Math.round(a) << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
  };
}

const GHOST = 0.36; // of a cell's height, from below: what it would be without the reader's edits
const LEAST = 5; // px of a cell that has room for a ghost
const OTHER = 1e-3; // of a value's own size, or of 1: from here on a value is another one
const MARK = 3; // px at the left of the first cell of those that are held

export const differs = (value, was) => Math.abs(value - was) > OTHER * Math.max(1, Math.abs(was));

// Paint values (time, row) on a canvas of width × height pixels: `row` gives those of one step, null where they are painted
// already by somebody else; `places` are its rows from top to bottom, `gaps` the pixels between columns and between rows.
// `edited` = { row, was, held, paper, ink }: over cells that are others than they were lies a ghost of that, in opaque
// colours, and a bar where those begin that are held.
export function paintHeatmap(canvas, { width, height, colour, gaps: [across, down] }, { steps, row }, places, edited = null) {
  const wide = Math.round(width), high = Math.round(height);
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  if (!wide || !high) return;
  const context = canvas.getContext("2d"), image = context.createImageData(wide, high), pixels = new Uint32Array(image.data.buffer);
  const rows = row && Array.from({ length: steps }, (_, t) => row(t)), ghosts = edited && ghostsOf(edited, steps);
  const lefts = Array.from({ length: steps + 1 }, (_, t) => Math.round((t * width) / steps));
  places.forEach((unit, place) => {
    const top = Math.round((place * height) / places.length), bottom = Math.round(((place + 1) * height) / places.length) - down;
    if (bottom <= top) return;
    const begin = top * wide;
    for (let t = 0; rows && t < steps; t++) {
      const end = lefts[t + 1] - across;
      if (end > lefts[t]) pixels.fill(colour(rows[t][unit]), begin + lefts[t], begin + end);
    }
    for (let line = top + 1; line < bottom; line++) pixels.copyWithin(line * wide, begin, begin + wide);
    if (ghosts && bottom - top >= LEAST) paintGhosts(pixels, wide, lefts, across, top, bottom, unit, colour, ghosts);
  });
  context.putImageData(image, 0, 0);
}

const ghostsOf = ({ row, was, ...rest }, steps) => ({ ...rest, now: Array.from({ length: steps }, (_, t) => row(t)), before: Array.from({ length: steps }, (_, t) => was(t)) });

function paintGhosts(pixels, wide, lefts, across, top, bottom, unit, colour, { now, before, held, paper, ink }) {
  const begin = bottom - Math.max(2, Math.round(GHOST * (bottom - top)));
  for (let t = 0; t < now.length; t++) {
    const left = lefts[t], right = lefts[t + 1] - across;
    if (differs(now[t][unit], before[t][unit])) {
      const ghost = blended(colour(before[t][unit]), paper);
      pixels.fill(paper, begin * wide + left, begin * wide + right);
      for (let line = begin + 1; line < bottom; line++) pixels.fill(ghost, line * wide + left, line * wide + right);
    }
    if (held(unit, t) && !(t && held(unit, t - 1))) for (let line = top; line < bottom; line++) pixels.fill(ink, line * wide + left, line * wide + Math.min(right, left + MARK));
  }
}

// A pixel on an opaque one.
function blended(pixel, paper) {
  const share = (pixel >>> 24) / 255;
  const mixed = (shift) => Math.round(((pixel >>> shift) & 255) * share + ((paper >>> shift) & 255) * (1 - share)) << shift;
  return ((255 << 24) | mixed(16) | mixed(8) | mixed(0)) >>> 0;
}

// A CSS colour as an opaque pixel.
export function pixelOf(colour) {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0];
}
