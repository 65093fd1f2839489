// Cursors over heatmaps that Plotly draws: one layer over all of them, a frame on the present step in each, the chosen
// unit's cell in it, a cover over steps that are not revealed, and the button that makes a heatmap large. A click in a heatmap goes to its step and unit.
import { clamp } from "../core/numbers.js";
import { nameIn } from "../core/saying.js";
import { createCover } from "../view/cover.js";
import { element, observe, setStyle } from "../view/dom.js";
import { listenToSwipes } from "../view/keys.js";
import { walkOver } from "../view/walk.js";
import { createLiveHeatmaps } from "./plotly_live.js";
import { axisUnit, lineEnd } from "./plotly_marks.js";

// "h@GRU" is a heatmap of another network than the one whose numbers are shown.
const NAMED_BELOW = 22; // px of the tokens below a heatmap
const ofAnother = (symbol) => symbol.includes("@");

// `enlarge` is told which symbol shall be large, "" for none. → { canShow, renew, show }: buttons are made anew with the data they
// belong to.
export function createPlotlyFrames(stepper, enlarge) {
  const { signal } = stepper, live = createLiveHeatmaps(stepper);
  let plot = null, overlay = null, focusKept = "", cursorLayer = null, charts = [], column = 0, width = 0;

  function findPlot() {
    const found = document.querySelector(".st-key-heat .js-plotly-plot"), before = plot;
    if (found === plot && (!found || overlay?.isConnected)) return;
    detach();
    if (before && before !== found) {
      before.removeAttribute("data-drawn"); // it may stay for a while beside the next
      live.forget();
    }
    if (!found?.on) return;
    plot = found;
    overlay = element("div", { className: "stepper-overlay" });
    overlay.addEventListener("focusin", keepFocus);
    overlay.addEventListener("focusout", loseFocus);
    document.querySelector(".st-key-heat").append(overlay);
    plot.on("plotly_afterplot", measure);
    plot.on("plotly_click", clicked);
    measure();
  }

  // Where the page is drawn anew, what had the focus has it again; a reader who leaves takes it away.
  const keepFocus = ({ target }) => (focusKept = `.${target.classList[0]}[data-symbol="${CSS.escape(target.dataset.symbol)}"]`);

  function loseFocus({ relatedTarget }) {
    if (relatedTarget && !overlay?.contains(relatedTarget)) focusKept = "";
  }

  function detach() {
    plot?.removeListener?.("plotly_afterplot", measure);
    plot?.removeListener?.("plotly_click", clicked);
    overlay?.remove();
    plot = overlay = cursorLayer = null;
  }

  function measure() {
    const layout = plot?._fullLayout;
    if (!layout || !overlay?.isConnected) return findPlot();
    const frame = overlay.parentElement.getBoundingClientRect();
    const box = plot.getBoundingClientRect();
    // A chart is drawn first at a height of its own, then at that of its place: the first is not shown. It has that
    // height in mind before it takes it.
    const drawn = Math.max(layout.height, box.height) < frame.height + 1;
    plot.toggleAttribute("data-drawn", drawn);
    const symbols = (plot.data ?? []).map(({ name }) => name);
    if (charts.map(({ symbol }) => symbol).join() !== symbols.join() || !overlay.firstChild) {
      cursorLayer = element("div", { className: "stepper-hand" });
      overlay.replaceChildren(element("h2", { className: "unseen", textContent: stepper.shown().message.words.part_heatmaps }));
      charts = symbols.map(cursorFor);
      overlay.append(cursorLayer); // last: what lies over a moving layer becomes a layer itself
      if (focusKept && document.activeElement === document.body) overlay.querySelector(focusKept)?.focus({ preventScroll: true });
    }
    plot.data.forEach(({ xaxis, yaxis }, index) => {
      const across = layout[`xaxis${xaxis.slice(1)}`], down = layout[`yaxis${yaxis.slice(1)}`];
      const chart = charts[index];
      const left = box.left - frame.left + across._offset, top = box.top - frame.top + down._offset;
      // Of all charts: they share the time axis and the width. What is not drawn yet lies over them on a canvas.
      width = across._length;
      column = plot.layout.meta?.run ? width / stepper.shown().model.steps : axisUnit(across);
      chart.row = axisUnit(down);
      chart.cursor.style.width = `${Math.max(column, 2)}px`;
      chart.cursor.style.height = `${down._length}px`;
      chart.cursor.style.transform = `translate(${left}px, ${top}px)`;
      chart.area = { left, top, wide: width, high: down._length, below: across.showticklabels ? NAMED_BELOW : 0 };
      chart.cell.style.height = `${Math.max(chart.row, 3)}px`;
      Object.assign(chart.whole.style, { width: `${across._length}px`, height: `${down._length}px`, transform: `translate(${left}px, ${top}px)` });
      chart.grow.style.transform = `translate(${left + across._length - 24}px, ${top - 23}px)`;
    });
    if (drawn) live.place(plot, overlay.parentElement);
    moveCursors(stepper.player());
    layCovers();
  }

  // The text that a network writes itself is covered with the rest. Between two charts there is nothing to cover.
  function layCovers() {
    if (!plot) return;
    const { own } = stepper.shown().message;
    for (const { cover, area } of charts) if (area) cover.lay({ ...area, unit: column, below: own === null ? 0 : area.below, lines: lineEnd(plot, column) });
  }

  function cursorFor(symbol) {
    const { large, words, fixed, editable } = stepper.shown().message;
    const cursor = element("div", { className: "stepper-cursor" });
    cursor.dataset.testid = "cursor";
    cursor.dataset.symbol = symbol;
    const cell = element("div", { className: "stepper-cell" });
    if (symbol !== "x" && !ofAnother(symbol)) {
      cursor.append(cell);
      if (editable) Object.assign(cell, { title: words.drag }).classList.add("pulled");
    }
    const grow = element("button", { type: "button", className: "stepper-grow", textContent: large ? "⤡" : "⤢" });
    grow.title = large ? words.all : words.enlarge;
    grow.setAttribute("aria-label", `${grow.title}: ${nameIn(stepper.shown().network, symbol)}`);
    grow.dataset.testid = "enlarge";
    grow.dataset.symbol = symbol;
    grow.onclick = () => enlarge(large ? "" : symbol);
    // Of another network than the one shown the page has no numbers to say.
    const cover = createCover(stepper), whole = element("div", { className: "stepper-panel" }); // for what a lesson points at
    whole.dataset.symbol = symbol;
    const tell = stepper.shown().model.symbols[symbol] ? walkOver(whole, symbol, stepper) : null;
    overlay.append(cover.cover, whole);
    cursorLayer.append(cursor);
    if (!ofAnother(symbol) && !fixed) overlay.append(grow);
    return { cursor, cell, grow, cover, whole, tell, symbol, row: 0, area: null };
  }

  // One layer moves all cursors: one layer of the page instead of one for each heatmap.
  function moveCursors({ t, unit, operation }) {
    if (!cursorLayer) return;
    const { message: { order }, network: { rows } } = stepper.shown();
    cursorLayer.style.transform = `translateX(${t * column}px)`;
    const place = order.indexOf(unit), done = operation ?? Infinity;
    for (const { cursor, cell, symbol, row } of charts) {
      cursor.classList.toggle("later", rows.findIndex((one) => one.symbol === symbol) > done);
      setStyle(cell, "transform", `translateY(${place * row}px)`);
    }
  }

  function clicked({ points }) {
    const point = points?.[0];
    if (!point) return;
    const { order, first } = stepper.shown().message, { name } = point.data;
    const unit = name !== "x" && !ofAnother(name) ? order[clamp(Math.round(point.y), order.length)] : stepper.player().unit;
    stepper.dispatch({ type: "go", t: Math.round(point.x) - first, unit });
    stepper.takes(name);
  }

  const tellAll = () => charts.forEach(({ tell }) => tell?.());
  stepper.follow((player, before) => {
    moveCursors(player);
    if (player.unit !== before.unit) tellAll();
  });
  document.addEventListener("pointerdown", ({ target }) => overlay?.contains(target) || (focusKept = ""), { signal });
  listenToSwipes(document, signal, (by) => stepper.dispatch({ type: "by", by }), (target) => target.closest?.(".st-key-heat"));
  stepper.pulls(document.body, ({ target }) => target.closest?.(".stepper-cell.pulled")?.parentElement.dataset.symbol, true);
  signal.addEventListener("abort", () => {
    detach();
    live.remove();
  });
  const page = document.querySelector("[data-testid=stMain]") ?? document.body;
  observe(new MutationObserver(findPlot), signal, page, { childList: true, subtree: true });
  findPlot();
  return {
    // Whether what the stepper shows can be seen in the place of this picture, its colours and axes as they are.
    canShow: () => plot === null || live.canShow(),
    renew() {
      charts = [];
      if (overlay) measure();
    },
    show() {
      column = width / stepper.shown().model.steps;
      for (const { cursor } of charts) cursor.style.width = `${Math.max(column, 2)}px`;
      live.update();
      moveCursors(stepper.player());
      layCovers();
      tellAll();
    },
  };
}
