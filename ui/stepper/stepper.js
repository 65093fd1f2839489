// Steps through a trace in the browser. Python sends the trace once a text; a step touches nothing but this page.
// The rows' programs come from the cell's own source: what is evaluated here is what ran there.

const SPEEDS = [0.5, 1, 2, 4, 8]; // steps a second
const CALM = 250; // ms between steps from which what changed is marked
const PAUSE = 450; // ms without a step before Python is told
const AHEAD = 96; // px of the strip that stay in view beyond the present token
const RUN = 10; // tokens in one box: of the boxes in a row those alone are painted anew in which a token changes
const SVG = "http://www.w3.org/2000/svg";
const views = new WeakMap();

export default function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view || !parentElement.contains(view.root)) {
    view = create(parentElement);
    views.set(parentElement, view);
  }
  view.report = setStateValue;
  view.ask = setTriggerValue;
  accept(view, data);
  // A clean-up may come with each new message as well as at the end: only the end takes the page's node away.
  return () => setTimeout(() => view.root.isConnected || release(view));
}

// ---------------------------------------------------------------------------------------------- numbers

function floats(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

function decode(data) {
  const arrays = Object.fromEntries(Object.entries(data.arrays).map(([name, text]) => [name, floats(text)]));
  const initial = Object.fromEntries(Object.entries(data.initial).map(([name, text]) => [name, floats(text)]));
  const weights = {};
  for (const [kind, blocks] of Object.entries(data.weights ?? {})) {
    weights[kind] = Object.fromEntries(Object.entries(blocks).map(([name, text]) => [name, floats(text)]));
  }
  const products = data.products && Object.fromEntries(Object.entries(data.products).map(([name, text]) => [name, floats(text)]));
  const width = (name) => (name === "x" ? data.features.length : data.units.length);
  // One step of a symbol as a row over all its units; _prev is one step back in the trace's own time.
  const row = (name, t) => {
    const state = name.endsWith("_prev") ? name.slice(0, -5) : name;
    const at = state === name ? t : data.reverse ? t + 1 : t - 1;
    if (at < 0 || at >= data.steps) return initial[state];
    return arrays[state].subarray(at * width(state), (at + 1) * width(state));
  };
  const tracks = data.tracks.map((track) => ({ ...track, values: floats(track.values) }));
  return { row, weights, products, tracks, units: data.units.length };
}

const sigmoid = (a) => 0.5 * (1 + Math.tanh(a / 2));

function evaluate(program, model, t, unit) {
  const [head, first, second] = program;
  switch (head) {
    case "number": return first;
    case "b": return model.products ? model.products[`b.${first}`][t * model.units + unit] : model.weights.b[first][unit];
    case "sigmoid": return sigmoid(evaluate(first, model, t, unit));
    case "tanh": return Math.tanh(evaluate(first, model, t, unit));
    case "+": return evaluate(first, model, t, unit) + evaluate(second, model, t, unit);
    case "-": return evaluate(first, model, t, unit) - evaluate(second, model, t, unit);
    case "*": return evaluate(first, model, t, unit) * evaluate(second, model, t, unit);
    case "@": return model.products
      ? model.products[second.join(".")][t * model.units + unit]
      : product(first, model.weights[second[0]][second[1]], model, t, unit);
    default: return model.row(head, t)[unit];
  }
}

function product(vector, matrix, model, t, unit) {
  const count = matrix.length / model.units;
  let sum = 0;
  if (vector.length === 1) {
    const row = model.row(vector[0], t);
    for (let k = 0; k < count; k++) sum += row[k] * matrix[k * model.units + unit];
  } else {
    for (let k = 0; k < count; k++) sum += evaluate(vector, model, t, k) * matrix[k * model.units + unit];
  }
  return sum;
}

function number(value, digits = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const written = value.toFixed(digits);
  return Number(written) === 0 ? written.replace("-", "") : written.replace("-", "−");
}

const every = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(7))).replace("-", "−") : number(value));

// ---------------------------------------------------------------------------------------------- view

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function drawn(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

// A text that changes at every step: its node is written, never replaced, so that nobody is told of new children.
function text(parent) {
  const node = document.createTextNode("");
  parent.replaceChildren(node);
  return node;
}

// The browser lays a text out anew even where the same is written again.
function put(node, value) {
  if (node.nodeValue !== value) node.nodeValue = value;
}

function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function dress(node, name, value) {
  if (node.style[name] !== value) node.style[name] = value;
}

function create(parentElement) {
  const root = parentElement.querySelector(".stepper");
  const find = (selector) => root.querySelector(selector);
  const view = {
    root, find, t: 0, unit: 0, operation: null, speed: 1, timer: 0, told: 0, last: 0, held: false,
    strip: find(".strip"), belief: find(".belief"), chips: [], slider: find(".slider"), rail: find(".rail"), thumb: find(".thumb"),
    equations: find(".equations"), diagram: find(".diagram"), tokens: [], rows: [], nodes: [], edges: [], spans: [],
    name: text(find(".unit-name")), doing: text(find(".operation")), number: text(find("[data-testid=step-number]")),
    charts: [], overlay: null, hand: null, plot: null, rulers: [],
    narrow: matchMedia("(max-width: 640px)"),
  };
  view.act = actions(view);
  return view;
}

function accept(view, data) {
  const fresh = !view.data;
  // Another network begins at the unit that is worth looking at; another text keeps the one that was chosen.
  const other = fresh || view.data.who !== data.who;
  const step = fresh ? data.step - data.first : view.t + view.data.first - data.first;
  view.unit = clamp(other ? data.unit - 1 : view.unit, data.units.length);
  view.data = data;
  view.model = decode(data);
  view.t = clamp(step, data.steps);
  if (view.operation !== null) view.operation = clamp(view.operation, data.rows.length);
  write(view);
  build(view);
  listen(view);
  show(view, false);
  view.charts = []; // words and buttons of the overlay are made anew with the data they belong to
  if (view.overlay) measure(view);
  if (!fresh || location.search || data.link) history.replaceState(history.state, "", address(view));
  if (view.narrow.matches !== data.narrow) queueMicrotask(() => view.report("narrow", view.narrow.matches));
}

const clamp = (value, count) => Math.max(0, Math.min(value, count - 1));

function write(view) {
  const { words } = view.data;
  for (const node of view.root.querySelectorAll("[data-word]")) {
    node.title = words[node.dataset.word];
    node.setAttribute("aria-label", words[node.dataset.word]);
  }
  for (const node of view.root.querySelectorAll("[data-word-text]")) node.textContent = words[node.dataset.wordText];
  view.strip.setAttribute("aria-label", words.tokens);
  view.find(".look").textContent = view.data.look;
  view.root.classList.toggle("below", view.data.leads.length > 1 && view.data.look !== "");
  view.find(".of").textContent = words.of.replace("{total}", view.data.total.toLocaleString("en"));
  view.find(".equations").setAttribute("aria-label", words.equations);
  const speed = view.find(".speed");
  speed.replaceChildren(...SPEEDS.map((rate) => element("option", { value: rate, textContent: `${rate}×` })));
  speed.value = view.speed;
  playing(view);
}

function build(view) {
  const { data } = view;
  view.strip.replaceChildren();
  view.tokens = data.tokens.map((text, index) => {
    const token = element("button", { type: "button", className: "token", tabIndex: -1 });
    token.dataset.testid = "token";
    token.dataset.step = index;
    token.setAttribute("role", "option");
    token.title = data.words.at.replace("{step}", data.first + index).replace("{token}", text);
    if (data.unknown.includes(index)) {
      token.classList.add("unknown");
      token.title += ` · ${data.strange}`;
    }
    token.append(element("bdi", { textContent: text }));
    if (data.own !== null && data.first + index > data.own) token.classList.add("own", "ahead");
    if (data.parts.includes(data.first + index)) token.classList.add("begins");
    for (const track of view.model.tracks) answered(view, token, index, track);
    return token;
  });
  const { tracks } = view.model;
  view.root.classList.toggle("answers", tracks.length > 0);
  view.root.classList.add("built");
  view.root.classList.toggle("folded", data.folded);
  document.documentElement.toggleAttribute("data-folded", data.folded);
  document.documentElement.toggleAttribute("data-answers", tracks.length > 0); // the heatmaps make room
  document.documentElement.style.setProperty("--tracks", tracks.length);
  view.find(".who").replaceChildren(...(tracks.length > 1 ? tracks : []).map(({ who }) => element("span", { textContent: who })));
  view.find(".whose").replaceChildren(...data.leads.map(({ name, label, detail }, place) => {
    const button = element("button", { type: "button", onclick: () => place === data.lead || view.ask("lead", name) });
    button.append(element("b", { textContent: label }), element("small", { textContent: detail }));
    button.setAttribute("aria-pressed", String(place === data.lead));
    return button;
  }));
  for (let first = 0; first < view.tokens.length; first += RUN) {
    const run = element("div", { className: "run" }, ...view.tokens.slice(first, first + RUN));
    run.setAttribute("role", "presentation");
    view.strip.append(run);
  }
  view.current = null;
  view.reached = 0;
  view.spans = [];
  view.slider.min = data.first;
  view.slider.max = data.first + data.steps - 1;
  // The step's number is laid out alone, in a box that has room for the last one.
  view.root.style.setProperty("--digits", Math.max(2, view.slider.max.length));
  buildBelief(view);
  buildEquations(view);
  buildDiagram(view);
}

// Under a token stands the answer that a network gives once it has read it, and whether that is right.
function answered(view, token, t, track) {
  const { words } = view.data;
  const right = track.right[t];
  const mark = right === null ? "" : right ? "✓" : "✗";
  const answer = element("small", {}, element("bdi", { textContent: best(track, t) }), element("i", { textContent: mark }));
  if (right !== null) answer.dataset.right = right;
  token.append(answer);
  const verdict = right === null ? "" : ` · ${right ? words.right : words.wrong.replace("{truth}", track.truth[t])}`;
  token.title += ` · ${track.who ? `${track.who}, ` : ""}${track.title}: ${best(track, t, track.answers)}${verdict}`;
}

const shares = (track, t) => track.values.subarray(t * track.answers.length, (t + 1) * track.answers.length);

const SAID = 3; // numbers of an answer that fit under a token

// The answer in one word: the likeliest, all that are likelier than not, or the first numbers.
function best(track, t, names = track.short) {
  const row = shares(track, t);
  if (track.kind === "linear") return [...row.subarray(0, SAID)].map((value) => number(value)).join(" ") + (row.length > SAID ? " …" : "");
  if (track.kind === "sigmoid") {
    const said = names.filter((_, place) => row[place] > 0.5);
    return (names === track.short ? said.reduce((one, other) => one + (one && other.length > 1 ? "·" : "") + other, "") : said.join(", ")) || "–";
  }
  return Number.isNaN(row[0]) ? "" : names[row.indexOf(Math.max(...row))];
}

const FEW = 5; // answers that keep their places; of more the likeliest are shown

function buildBelief(view) {
  const { words } = view.data;
  const belief = view.model.tracks[view.data.lead];
  view.belief.hidden = !belief;
  view.chips = [];
  if (!belief) return view.belief.replaceChildren();
  view.belief.setAttribute("aria-label", words.answers);
  const many = belief.answers.length > FEW;
  // As wide as the longest answer needs, the same for all, so that nothing moves when they change.
  const width = Math.min(15, 4.6 + 0.55 * Math.max(...belief.answers.map(columns)));
  const chips = belief.answers.slice(0, FEW).map(() => {
    const name = document.createTextNode(""), value = document.createTextNode(""), bar = element("i");
    const chip = element("span", { className: many ? "chip wide" : "chip", style: `width: ${width}rem` }, bar, boxed(element("bdi", {}, name)), element("output", {}, value));
    return { chip, name, value, bar };
  });
  view.chips = chips;
  view.belief.replaceChildren(element("span", { className: "asks", textContent: belief.title }), ...chips.map(({ chip }) => chip));
}

function showBelief(view) {
  const belief = view.model.tracks[view.data.lead];
  if (!belief) return;
  const row = shares(belief, view.t);
  view.belief.classList.toggle("silent", Number.isNaN(row[0])); // an encoder reads and does not answer
  if (Number.isNaN(row[0])) return;
  const places = [...row.keys()];
  if (belief.answers.length > FEW) places.sort((one, other) => row[other] - row[one]);
  view.chips.forEach(({ name, value, bar, chip }, index) => {
    const share = row[places[index]];
    put(name, belief.answers[places[index]]);
    put(value, belief.kind === "linear" ? number(share) : `${Math.round(100 * share)} %`);
    dress(bar, "backgroundSize", `${Math.round(100 * Math.max(0, Math.min(1, share)))}% 100%`);
    chip.classList.toggle("likely", belief.kind === "linear" || share > 0.5);
  });
}

// What changes at each step lies in a box of fixed size that is no grid's item: only then is it laid out alone.
// One box a row: each box is a layer to be painted, and all layers of the page are counted again at each step.
const boxed = (...content) => element("span", { className: "box" }, ...content);

function buildEquations(view) {
  const { data } = view;
  view.rows = data.rows.map((row, index) => {
    const line = element("div", { className: "equation", title: row.sentence });
    line.dataset.testid = "equation";
    line.dataset.symbol = row.symbol;
    line.style.setProperty("--hue", data.hues[row.symbol]);
    const formula = element("span", { className: "formula" });
    formula.innerHTML = row.mathml; // written by cells/notation.py from the cell's source; no reader's text in it
    const numbers = element("span", { className: "numbers" }, "=\u2009");
    const slots = [];
    for (const part of row.parts) {
      if (typeof part === "string") numbers.append(part);
      else {
        const text = document.createTextNode("");
        const before = numbers.lastChild.nodeValue ?? "";
        numbers.append(element("span", { className: "slot" }, text));
        slots.push({ text, program: part, guarded: before.endsWith(" ") });
      }
    }
    const result = document.createTextNode("");
    const change = document.createTextNode("");
    const shown = element("output", { className: "number" }, result);
    shown.dataset.testid = "number";
    const equals = element("span", { className: "equals" }, "=");
    const changed = element("span", { className: "change" }, change);
    line.append(formula, element("span", { className: "live" }, boxed(numbers, equals, shown, changed)));
    line.dataset.operation = index;
    return { line, numbers, slots, result, shown, change, symbol: row.symbol };
  });
  view.equations.replaceChildren(...view.rows.map((row) => row.line));
  view.equations.dataset.rows = view.rows.length;
}

const WIDTH = 560, HEIGHT = 240, EDGE = 26, RADIUS = 11.5; // the drawing's own units, about a pixel each on a projector

function buildDiagram(view) {
  const { data } = view;
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": data.words.diagram });
  const place = (node) => [EDGE + node.x * (WIDTH - 2 * EDGE), node.y * (HEIGHT - 16)];
  view.edges = data.graph.edges.map((edge) => {
    const [from, to] = [data.graph.nodes[edge.source], data.graph.nodes[edge.target]];
    const [x1, y1] = place(from), [x2, y2] = place(to);
    const start = x1 + (from.glyph ? RADIUS : 21), end = x2 - (to.glyph ? RADIUS : 21), bend = Math.min(70, (end - start) * 0.55);
    const path = drawn("path", {
      d: `M${start},${y1} C${start + bend},${y1} ${end - bend},${y2} ${end},${y2}`,
      class: "edge", stroke: data.hues[edge.symbol] ?? "currentColor",
    }, svg);
    const title = text(drawn("title", {}, path));
    return { path, title, edge, row: to.row };
  });
  view.nodes = data.graph.nodes.map((node) => {
    const [x, y] = place(node);
    const hue = data.hues[node.symbol] ?? "currentColor";
    const group = drawn("g", { class: node.glyph ? "node" : "node end", transform: `translate(${x},${y})` }, svg);
    const title = text(drawn("title", {}, group));
    const shape = node.glyph
      ? drawn("circle", { r: RADIUS, class: "back" }, group)
      : drawn("rect", { x: -21, y: -11, width: 42, height: 22, rx: 11, class: "back" }, group);
    const glow = shape.cloneNode();
    glow.setAttribute("class", "glow");
    glow.setAttribute("fill", node.symbol ? hue : "none");
    group.append(glow);
    const rim = shape.cloneNode();
    rim.setAttribute("class", "rim");
    rim.setAttribute("stroke", node.symbol ? hue : "currentColor");
    group.append(rim);
    const glyph = drawn("text", { class: node.glyph.length > 2 ? "glyph long" : "glyph", y: 4.5 }, group);
    if (node.glyph) glyph.textContent = node.glyph;
    else written(glyph, node.label);
    const named = node.glyph && node.symbol;
    // Letter and number are two texts: at a step only the number is laid out anew, and the letter stays where it is.
    if (named) written(drawn("text", { class: "value of", x: -6, y: 22 }, group), node.label);
    const shown = text(drawn("text", { class: named ? "value is" : "value", x: named ? -3 : 0, y: 22 }, group));
    return { group, title, glow, shown, node };
  });
  view.diagram.replaceChildren(svg);
}

function written(parent, [letter, subscript]) {
  drawn("tspan", { "font-style": "italic" }, parent).textContent = letter;
  drawn("tspan", { dy: 3, "font-size": "75%" }, parent).textContent = subscript;
}

// ---------------------------------------------------------------------------------------------- a step

function show(view, moved = true) {
  const { data, model, t, unit } = view;
  if (!data.steps) return;
  reveal(view); // reads the layout, so it comes before all that changes it
  if (view.current) {
    view.current.removeAttribute("aria-current");
    view.current.setAttribute("aria-selected", "false");
  }
  // What the network writes itself appears as it is written.
  const [low, high] = [Math.min(t, view.reached), Math.max(t, view.reached)];
  for (let index = low; index <= high; index++) view.tokens[index].classList.toggle("ahead", index > t && view.tokens[index].classList.contains("own"));
  view.reached = t;
  view.current = view.tokens[t];
  view.current.setAttribute("aria-current", "step");
  view.current.setAttribute("aria-selected", "true");
  put(view.number, String(data.first + t));
  const done = (100 * t) / Math.max(1, data.steps - 1);
  view.thumb.style.backgroundPositionX = `${done.toFixed(2)}%`;
  view.rail.style.backgroundPositionX = `${(100 - done / 2).toFixed(2)}%`;
  put(view.name, data.units[unit]);
  put(view.doing, view.operation === null
    ? data.words.whole : `${data.words.operation} ${view.operation + 1} / ${data.rows.length}`);
  // Steps in quick succession mark nothing: all would flicker.
  const instant = performance.now();
  const marks = moved && !view.held && instant - view.last >= CALM;
  view.last = instant;
  const before = data.reverse ? t + 1 : t - 1;
  const now = view.operation ?? Infinity;
  const timed = (row) => (row > now ? " later" : row === now ? " now" : "");
  view.rows.forEach((row, index) => {
    for (const slot of row.slots) {
      const value = number(evaluate(slot.program, model, t, unit));
      put(slot.text, slot.guarded && value.startsWith("−") ? `(${value})` : value);
    }
    const value = model.row(row.symbol, t)[unit];
    const difference = before < 0 || before >= data.steps ? 0 : value - model.row(row.symbol, before)[unit];
    const shown = number(value);
    const fresh = marks && row.result.nodeValue !== shown && index <= now;
    put(row.result, shown);
    put(row.change, Math.abs(difference) < 0.005 ? "" : `${difference > 0 ? "▲" : "▼"}${number(Math.abs(difference))}`);
    set(row.line, "class", `equation${fresh ? " fresh" : ""}${timed(index)}`);
  });
  for (const { path, edge, row } of view.edges) {
    const value = evaluate(edge.program, model, t, unit);
    set(path, "class", `edge ${grade(value / 1.4)}${value < 0 ? " minus" : ""}${timed(row)}`);
  }
  for (const { group, glow, shown, node } of view.nodes) {
    const value = evaluate(node.program, model, t, unit);
    const written = node.symbol === "x" ? size(model.row("x", t)) : number(value);
    const changed = shown.nodeValue !== written && shown.nodeValue !== "";
    put(shown, written);
    set(glow, "class", `glow ${grade(node.symbol === "x" ? 0.45 : value)}`);
    set(group, "class", `node${node.glyph ? "" : " end"}${changed ? " changed" : ""}${timed(node.row)}`);
  }
  showBelief(view);
  place(view);
  if (moved) remember(view);
  else explain(view);
}

// What each mark says with all its digits, and where the slider is. Only a resting hand asks for it, so it is written
// where one arrives and in the pause after a step: as a part of each step it had the style of 125 elements computed
// instead of 67 (in a trace).
function explain(view) {
  const { data, model, t, unit } = view;
  if (!data.steps) return;
  view.slider.value = data.first + t;
  for (const row of view.rows) {
    row.shown.title = every(model.row(row.symbol, t)[unit]);
    row.numbers.title = row.numbers.textContent; // where the row has no room for all of it
  }
  for (const { title, edge } of view.edges) put(title, `${edge.says} = ${every(evaluate(edge.program, model, t, unit))}`);
  for (const { title, shown, node } of view.nodes) {
    put(title, `${node.says} = ${node.symbol === "x" ? shown.nodeValue : every(evaluate(node.program, model, t, unit))}`);
  }
}

const GRADES = 15; // of strength, as in the style sheet

const grade = (value) => `s${Math.round(GRADES * Math.min(1, Math.abs(value) || 0))}`;

// x has no units: alone it is a number, else its length stands for it.
const size = (row) => (row.length === 1 ? number(row[0]) : `‖x‖ ${number(Math.hypot(...row))}`);

// The tokens lie still while the mark runs along them; near an end of what is seen the page is turned.
function reveal(view) {
  const { strip, tokens, t } = view;
  if (!view.spans.length) {
    view.spans = tokens.map(({ offsetLeft, offsetWidth }) => [offsetLeft, offsetLeft + offsetWidth]);
    view.room = strip.clientWidth;
    view.most = strip.scrollWidth - view.room;
    view.scrolled = strip.scrollLeft;
  }
  const [start, end] = view.spans[t];
  const margin = Math.min(AHEAD, view.room / 4);
  const before = start - margin < view.scrolled && view.scrolled > 0, after = end + margin > view.scrolled + view.room;
  if (!before && !after) return;
  const left = clamp(before ? end + margin - view.room : start - margin, view.most + 1);
  if (left !== view.scrolled) strip.scrollLeft = view.scrolled = left;
}

// Python is told where the reader is when she rests; of a view that follows the step also while it plays, if slowly
// enough for that.
const slow = (view) => view.data.foldable && view.speed <= 1;

function tell(view) {
  const at = { step: view.data.first + view.t, unit: view.unit + 1 };
  history.replaceState(history.state, "", address(view));
  view.report("at", at);
  return at;
}

function remember(view) {
  clearTimeout(view.told);
  view.told = setTimeout(() => {
    explain(view);
    for (const { line } of view.rows) line.classList.remove("fresh");
    if (view.held || (view.timer && !slow(view))) return remember(view);
    const at = tell(view);
    const { words } = view.data;
    const numbers = view.rows.map((row) => `${row.symbol.replace("_", " ")} ${row.result.nodeValue}`).join(", ");
    view.find(".spoken").textContent =
      `${words.step} ${at.step}: ${view.data.tokens[view.t]}. ${words.unit} ${view.data.units[view.unit]}: ${numbers}`
      + view.model.tracks.map((track) => `. ${track.who} ${track.title}: ${best(track, view.t, track.answers)}`).join("");
  }, PAUSE);
}

function address(view) {
  const query = new URLSearchParams(view.data.link);
  query.set("step", view.data.first + view.t);
  query.set("unit", view.unit + 1);
  return `${location.pathname}?${query}`;
}

function go(view, t, held = false) {
  view.held = held;
  view.t = clamp(t, view.data.steps);
  view.operation = null;
  show(view);
}

function choose(view, unit) {
  view.unit = clamp(unit, view.data.units.length);
  show(view);
  if (view.find("dialog").open) table(view);
}

function beside(view, by) {
  const { order } = view.data;
  choose(view, order[clamp(order.indexOf(view.unit) + by, order.length)]);
}

function operate(view, by) {
  const last = view.data.rows.length - 1;
  if (view.operation === null) view.operation = by > 0 ? 0 : last;
  else if (view.operation + by > last && view.t + 1 < view.data.steps) (view.t += 1), (view.operation = 0);
  else if (view.operation + by < 0 && view.t > 0) (view.t -= 1), (view.operation = last);
  else view.operation = clamp(view.operation + by, last + 1);
  show(view);
}

function play(view) {
  if (view.timer) return stop(view);
  if (view.t + 1 >= view.data.steps) go(view, 0);
  const tick = () => {
    if (view.t + 1 >= view.data.steps) return stop(view);
    go(view, view.t + 1);
    view.timer = setTimeout(tick, 1000 / view.speed);
  };
  view.timer = setTimeout(tick, 1000 / view.speed);
  playing(view);
}

function stop(view) {
  clearTimeout(view.timer);
  view.timer = 0;
  playing(view);
  remember(view);
}

function playing(view) {
  const { words } = view.data;
  const button = view.find("[data-act=play]");
  const word = view.timer ? words.pause : words.play;
  button.querySelector(".word").textContent = word;
  button.setAttribute("aria-label", word);
  button.setAttribute("aria-pressed", String(Boolean(view.timer)));
}

function table(view) {
  const { data, model, unit } = view;
  const symbols = view.rows.map((row) => row.symbol);
  const whose = data.leads[data.lead] ? [data.leads[data.lead].label, data.leads[data.lead].detail] : [];
  view.find(".caption").textContent = [...whose, `${data.words.unit} ${data.units[unit]}`].join(" · ");
  const head = element("tr", {}, ...[data.words.step, data.words.token, ...data.rows.map((row) => row.title)].map(
    (text) => element("th", { scope: "col", textContent: text })));
  const lines = data.tokens.map((token, t) => element("tr", {},
    element("th", { scope: "row", textContent: data.first + t }), element("td", {}, element("bdi", { textContent: token })),
    ...symbols.map((symbol) => element("td", { textContent: every(model.row(symbol, t)[unit]) }))));
  view.find(".scroll").replaceChildren(
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines)));
}

async function copy(view, button) {
  const { words } = view.data;
  const url = new URL(address(view), location.href).href;
  history.replaceState(history.state, "", url);
  try {
    await navigator.clipboard.writeText(url);
    const copied = { link_without: words.link_without, link_without_network: words.link_without_network };
    button.textContent = copied[view.data.linkless] ?? words.copied;
  } catch {
    button.textContent = words.in_address;
  }
  setTimeout(() => (button.textContent = words.link), 2500);
}

// ---------------------------------------------------------------------------------------------- heatmaps

function adopt(view) {
  gather(view);
  const plot = document.querySelector(".st-key-heat .js-plotly-plot");
  if (plot === view.plot && (!plot || view.overlay?.isConnected)) return;
  view.plot?.removeListener?.("plotly_afterplot", view.measure);
  view.plot?.removeListener?.("plotly_click", view.clicked);
  view.overlay?.remove();
  view.plot = view.overlay = view.hand = null;
  if (!plot?.on) return;
  view.plot = plot;
  view.overlay = element("div", { className: "stepper-overlay" });
  document.querySelector(".st-key-heat").append(view.overlay);
  plot.on("plotly_afterplot", view.measure);
  plot.on("plotly_click", view.clicked);
  view.measure();
}

// The room of one step or row on an axis.
const each = (axis) => axis._length / Math.max(1, Math.abs(axis.range[1] - axis.range[0]));

function measure(view) {
  const { plot, overlay } = view;
  const layout = plot?._fullLayout;
  if (!layout || !overlay?.isConnected) return adopt(view);
  const frame = overlay.parentElement.getBoundingClientRect();
  const box = plot.getBoundingClientRect();
  // A chart is drawn first at a height of its own, then at that of its place: the first is not shown. It has that
  // height in mind before it takes it.
  plot.toggleAttribute("data-drawn", Math.max(layout.height, box.height) < frame.height + 1);
  const symbols = (plot.data ?? []).map((trace) => trace.name);
  if (view.charts.map((chart) => chart.symbol).join() !== symbols.join() || !overlay.firstChild) {
    view.hand = element("div", { className: "stepper-hand" });
    overlay.replaceChildren();
    view.charts = symbols.map((symbol) => laid(view, symbol));
    overlay.append(view.hand); // last: what lies over a moving layer becomes a layer itself
  }
  plot.data.forEach((trace, index) => {
    const across = layout[`xaxis${trace.xaxis.slice(1)}`], down = layout[`yaxis${trace.yaxis.slice(1)}`];
    const chart = view.charts[index];
    const left = box.left - frame.left + across._offset, top = box.top - frame.top + down._offset;
    view.column = each(across); // of all charts: they share the time axis and the width
    chart.row = each(down);
    chart.cursor.style.width = `${Math.max(view.column, 2)}px`;
    chart.cursor.style.height = `${down._length}px`;
    chart.cursor.style.transform = `translate(${left}px, ${top}px)`;
    chart.cell.style.height = `${Math.max(chart.row, 3)}px`;
    chart.grow.style.transform = `translate(${left + across._length - 24}px, ${top - 23}px)`;
  });
  place(view);
}

// How wide a text is, in Latin letters: Chinese ones take two.
const columns = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);

// "h@GRU" is a heatmap of another network than the one whose numbers are shown.
const other = (symbol) => symbol.includes("@");

// The cursor over one heatmap, the chosen unit's cell in it, and the button that makes the heatmap large.
function laid(view, symbol) {
  const { data } = view;
  const { large, words } = data;
  const cursor = element("div", { className: "stepper-cursor" });
  cursor.dataset.testid = "cursor";
  cursor.dataset.symbol = symbol;
  const cell = element("div", { className: "stepper-cell" });
  if (symbol !== "x" && !other(symbol)) cursor.append(cell);
  const grow = element("button", { type: "button", className: "stepper-grow", textContent: large ? "⤡" : "⤢" });
  grow.title = large ? words.all : words.enlarge;
  grow.setAttribute("aria-label", `${grow.title}: ${symbol}`);
  grow.dataset.testid = "enlarge";
  grow.dataset.symbol = symbol;
  grow.onclick = () => view.ask("large", large ? "" : symbol);
  view.hand.append(cursor);
  if (!other(symbol) && !data.fixed) view.overlay.append(grow);
  return { cursor, cell, grow, symbol };
}

// One hand moves all cursors: one layer of the page instead of one for each heatmap.
function place(view) {
  const { data, hand, t, unit } = view;
  for (const ruler of view.rulers) follow(view, ruler);
  if (!hand) return;
  hand.style.transform = `translateX(${t * view.column}px)`;
  const place = data.order.indexOf(unit);
  const done = view.operation === null ? Infinity : view.operation;
  for (const chart of view.charts) {
    chart.cursor.classList.toggle("later", view.rows.findIndex((row) => row.symbol === chart.symbol) > done);
    dress(chart.cell, "transform", `translateY(${place * chart.row}px)`);
  }
}

function clicked(view, event) {
  const point = event.points?.[0];
  if (!point) return;
  if (point.data.name !== "x" && !other(point.data.name)) view.unit = view.data.order[clamp(Math.round(point.y), view.data.order.length)];
  go(view, Math.round(point.x) - view.data.first);
}

// ---------------------------------------------------------------------------------------------- charts over time

// A chart of a view says in its layout's meta what its steps are: columns of the "x" axis, or rows of the "y" axis. A
// mark at the present one goes with the cursor, and a press anywhere in the chart goes to a step.
const STEPS = {
  x: ({ xaxis, _size }) => ({ axis: xaxis, left: xaxis._offset, top: _size.t, wide: xaxis._length, high: _size.h }),
  y: ({ yaxis, _size }) => ({ axis: yaxis, left: _size.l, top: yaxis._offset, wide: _size.w, high: yaxis._length }),
};

function gather(view) {
  const plots = [...document.querySelectorAll(".st-key-brief .js-plotly-plot")].filter((plot) => plot.on && !plot.closest(".st-key-heat"));
  view.rulers = view.rulers.filter((ruler) => (plots.includes(ruler.plot) && ruler.mark.isConnected) || lift(ruler));
  for (const plot of plots) if (!view.rulers.some((ruler) => ruler.plot === plot)) view.rulers.push(lay(view, plot));
}

function lay(view, plot) {
  const ruler = { plot, mark: element("div", { className: "stepper-mark" }), along: "", area: null, each: 0 };
  ruler.mark.dataset.testid = "mark";
  ruler.align = () => (align(ruler), follow(view, ruler));
  plot.append(ruler.mark);
  plot.on("plotly_afterplot", ruler.align);
  ruler.align();
  return ruler;
}

function lift(ruler) {
  ruler.plot.removeListener?.("plotly_afterplot", ruler.align);
  ruler.mark.remove();
}

function align(ruler) {
  const layout = ruler.plot._fullLayout;
  ruler.along = STEPS[layout?.meta] ? layout.meta : "";
  ruler.mark.hidden = !ruler.along;
  ruler.plot.toggleAttribute("data-steps", Boolean(ruler.along));
  if (!ruler.along) return;
  const { axis, left, top, wide, high } = (ruler.area = STEPS[ruler.along](layout));
  ruler.each = each(axis);
  const size = `${Math.max(ruler.each, 2)}px`;
  Object.assign(ruler.mark.style, { left: `${left}px`, top: `${top}px`, width: ruler.along === "x" ? size : `${wide}px`, height: ruler.along === "x" ? `${high}px` : size });
}

const follow = (view, ruler) => ruler.along && dress(ruler.mark, "transform", `translate${ruler.along.toUpperCase()}(${view.t * ruler.each}px)`);

const TREMOR = 6; // px that a hand may move while it presses: more is a scroll

function press(view, down, up) {
  const ruler = view.rulers.find(({ plot, along }) => along && plot.contains(down.target));
  if (!ruler || Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) > TREMOR) return;
  const { left, top, wide, high } = ruler.area, box = ruler.plot.getBoundingClientRect();
  const x = down.clientX - box.left - left, y = down.clientY - box.top - top;
  if (x >= 0 && y >= 0 && x < wide && y < high) go(view, Math.floor((ruler.along === "x" ? x : y) / ruler.each));
}

// ---------------------------------------------------------------------------------------------- hands

function actions(view) {
  return {
    first: () => go(view, 0),
    previous: (held) => go(view, view.t - 1, held),
    next: (held) => go(view, view.t + 1, held),
    last: () => go(view, view.data.steps - 1),
    play: () => play(view),
    "unit-up": () => beside(view, -1),
    "unit-down": () => beside(view, 1),
    "operation-back": () => operate(view, -1),
    "operation-on": () => operate(view, 1),
    table: () => (table(view), view.find("dialog").showModal()),
    link: (_, button) => copy(view, button),
    // From one operation back to the whole step, then from one large heatmap back to all.
    whole: () => (view.operation === null && view.data.large ? view.ask("large", "") : go(view, view.t)),
  };
}

const KEYS = {
  ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last", " ": "play",
  ArrowUp: "unit-up", ArrowDown: "unit-down", Escape: "whole",
  "Shift+ArrowLeft": "operation-back", "Shift+ArrowRight": "operation-on",
};
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=slider], [role=radiogroup], [role=combobox], [role=dialog], dialog";

function key(view, event, target = event.target instanceof Element ? event.target : document.body) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target.closest(TYPING)) return;
  if (event.key === " " && target.closest("button, a, [role=option], [type=checkbox]")) return;
  const act = KEYS[(event.shiftKey ? "Shift+" : "") + event.key];
  if (!act || !view.data.steps) return;
  event.preventDefault();
  if (view.timer && act !== "play") stop(view);
  view.act[act](event.repeat);
}

// Enter ends typing: the next arrow steps. The text box keeps the key to itself, so it is seen on its way down.
function leave(event) {
  if (event.key === "Enter" && event.target.closest?.(".st-key-text")) event.target.blur();
}

// A switch that was clicked leaves the keys to the steps, one that was reached by keyboard keeps them. The focus may
// come back to it whenever the page is drawn anew, the stepper with it, so what counts is how it was reached.
const switchOf = (event) => event.target.closest?.("[data-testid=stButtonGroup]");
let pointed = false;

function free(view, event) {
  if (event.key === "Tab") pointed = false;
  if (!pointed || !switchOf(event) || !KEYS[event.key]) return;
  event.stopPropagation();
  event.target.blur();
  key(view, event, document.body);
}

function listen(view) {
  if (view.controller) return;
  const controller = (view.controller = new AbortController());
  const { signal } = controller;
  view.measure = () => measure(view);
  view.clicked = (event) => clicked(view, event);
  document.addEventListener("keydown", (event) => key(view, event), { signal });
  document.addEventListener("keydown", leave, { signal, capture: true });
  document.addEventListener("pointerdown", (event) => {
    pointed = Boolean(switchOf(event));
    view.pressed = event;
  }, { signal, capture: true });
  // What a switch brings is drawn at the present step: told once the switch has heard of the click itself.
  document.addEventListener("click", (event) => {
    if (view.timer && switchOf(event)?.closest(".st-key-brief")) setTimeout(() => tell(view));
  }, { signal });
  document.addEventListener("pointerup", (event) => press(view, view.pressed ?? event, event), { signal, capture: true });
  document.addEventListener("keydown", (event) => free(view, event), { signal, capture: true });
  document.addEventListener("keyup", () => view.held && ((view.held = false), remember(view)), { signal });
  view.root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    const token = event.target.closest(".token");
    const line = event.target.closest(".equation");
    if (button) view.act[button.dataset.act](false, button);
    else if (token) view.strip.focus({ preventScroll: true }), go(view, Number(token.dataset.step));
    else if (line) (view.operation = Number(line.dataset.operation)), show(view);
  }, { signal });
  view.slider.addEventListener("input", () => go(view, view.slider.valueAsNumber - view.data.first, true), { signal });
  view.slider.addEventListener("keydown", () => (view.slider.value = view.data.first + view.t), { signal });
  view.slider.addEventListener("pointerdown", (event) => grasp(view, event), { signal });
  for (const leaves of ["change", "pointerup", "pointercancel"]) {
    view.slider.addEventListener(leaves, () => ((view.held = false), remember(view)), { signal });
  }
  view.find(".speed").addEventListener("change", (event) => (view.speed = Number(event.target.value)), { signal });
  view.find(".panels").addEventListener("pointerover", () => explain(view), { signal });
  view.narrow.addEventListener("change", () => view.report("narrow", view.narrow.matches), { signal });
  swipe(view, signal);
  const page = document.querySelector("[data-testid=stMain]") ?? document.body;
  view.strip.addEventListener("scroll", () => (view.scrolled = view.strip.scrollLeft), { signal, passive: true });
  view.resized = new ResizeObserver(() => (view.spans = []));
  view.resized.observe(view.strip);
  view.watcher = new MutationObserver(() => adopt(view));
  view.watcher.observe(page, { childList: true, subtree: true });
  adopt(view);
}

const THUMB = 16; // px, as in the style sheet

// The real slider's thumb may still be where the last pause left it: where the hand is counts, whatever it hit.
function grasp(view, event) {
  const { left, width } = view.slider.getBoundingClientRect();
  const share = (event.clientX - left - THUMB / 2) / (width - THUMB);
  go(view, Math.round(share * (view.data.steps - 1)), true);
  view.slider.value = view.data.first + view.t;
}

function swipe(view, signal) {
  let from = null;
  const panels = view.find(".panels");
  panels.addEventListener("touchstart", (event) => (from = event.changedTouches[0]), { signal, passive: true });
  panels.addEventListener("touchend", (event) => {
    const to = event.changedTouches[0];
    const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) go(view, view.t + (x < 0 ? 1 : -1));
  }, { signal, passive: true });
}

function release(view) {
  clearTimeout(view.timer);
  clearTimeout(view.told);
  view.timer = 0;
  view.controller?.abort();
  view.controller = null;
  view.watcher?.disconnect();
  view.resized?.disconnect();
  view.plot?.removeListener?.("plotly_afterplot", view.measure);
  view.plot?.removeListener?.("plotly_click", view.clicked);
  view.overlay?.remove();
  view.rulers.forEach(lift);
  view.rulers = [];
  view.plot = view.overlay = view.hand = null;
  for (const told of ["data-answers", "data-folded"]) document.documentElement.removeAttribute(told);
}
