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

// Paint values (time, row) on a canvas of width × height pixels: `rows` gives one step, `places` its rows from top to
// bottom, `gaps` the pixels between columns and between rows.
export function paintHeatmap(canvas, { width, height, colour, gaps: [across, down] }, { steps, row }, places) {
  const wide = Math.round(width), high = Math.round(height);
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  if (!wide || !high) return;
  const context = canvas.getContext("2d"), image = context.createImageData(wide, high), pixels = new Uint32Array(image.data.buffer);
  const rows = Array.from({ length: steps }, (_, t) => row(t));
  const lefts = rows.map((_, t) => Math.round((t * width) / steps));
  lefts.push(wide);
  places.forEach((unit, place) => {
    const top = Math.round((place * height) / places.length), bottom = Math.round(((place + 1) * height) / places.length) - down;
    if (bottom <= top) return;
    const begin = top * wide;
    for (let t = 0; t < steps; t++) {
      const pixel = colour(rows[t][unit]), end = begin + lefts[t + 1] - across;
      for (let at = begin + lefts[t]; at < end; at++) pixels[at] = pixel; // `fill` takes longer for so few
    }
    for (let line = top + 1; line < bottom; line++) pixels.copyWithin(line * wide, begin, begin + wide);
  });
  context.putImageData(image, 0, 0);
}
