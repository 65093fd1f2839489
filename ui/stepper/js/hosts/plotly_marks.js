// Marks in charts over time. A chart of a view says in its layout's meta what its steps are: columns of the "x" axis, or
// rows of the "y" axis. A mark at the present one goes with the cursor, steps that are not revealed are covered, and a press
// anywhere in the chart goes to a step.
// Of a heatmap whose own meta is "cells" the cell that is clicked is told, its step and unit.
import { createCover } from "../view/cover.js";
import { element, observe, setStyle } from "../view/dom.js";

const AREAS = {
  x: ({ xaxis, _size }) => ({ axis: xaxis, left: xaxis._offset, top: _size.t, wide: xaxis._length, high: _size.h }),
  y: ({ yaxis, _size }) => ({ axis: yaxis, left: _size.l, top: yaxis._offset, wide: _size.w, high: yaxis._length }),
};
const TREMOR = 6; // px that a hand may move while it presses: more is a scroll

// The room of one step or row on an axis.
export const axisUnit = ({ _length, range }) => _length / Math.max(1, Math.abs(range[1] - range[0]));

export function createPlotlyMarks(stepper) {
  const { signal } = stepper;
  let marks = [], pressed = null;

  function findCharts() {
    const plots = [...document.querySelectorAll(".st-key-brief .js-plotly-plot")].filter((plot) => plot.on && !plot.closest(".st-key-heat"));
    marks = marks.filter((one) => (plots.includes(one.plot) && one.mark.isConnected) || removeMark(one));
    for (const plot of plots) if (!marks.some((one) => one.plot === plot)) marks.push(addMark(plot));
  }

  function addMark(plot) {
    const one = { plot, mark: element("div", { className: "stepper-mark" }), over: createCover(stepper), along: "", area: null, unit: 0 };
    one.mark.dataset.testid = "mark";
    one.measure = () => {
      measureMark(one);
      moveMark(one, stepper.player());
      coverSteps(one);
    };
    one.pick = ({ points: [point] }) => {
      const { first, order } = stepper.shown().message;
      if (point?.data.meta === "cells") stepper.picks(Math.round(point.x) - first, order[Math.round(point.y)]);
    };
    plot.append(one.over.cover, one.mark);
    plot.on("plotly_afterplot", one.measure);
    plot.on("plotly_click", one.pick);
    one.measure();
    return one;
  }

  stepper.follow((player) => marks.forEach((one) => moveMark(one, player)));
  document.addEventListener("pointerdown", (event) => (pressed = event), { signal, capture: true });
  document.addEventListener("pointerup", (up) => {
    const t = stepAt(marks, pressed ?? up, up);
    if (t !== null) stepper.dispatch({ type: "go", t });
  }, { signal, capture: true });
  signal.addEventListener("abort", () => marks.forEach(removeMark));
  const page = document.querySelector("[data-testid=stMain]") ?? document.body;
  observe(new MutationObserver(findCharts), signal, page, { childList: true, subtree: true });
  findCharts();
  const renew = () => marks.forEach((one) => {
    moveMark(one, stepper.player());
    coverSteps(one);
  });
  return { renew, show: renew };
}

function removeMark({ plot, mark, over, measure, pick }) {
  plot.removeListener?.("plotly_afterplot", measure);
  plot.removeListener?.("plotly_click", pick);
  mark.remove();
  over.cover.remove();
  return false;
}

function measureMark(one) {
  const layout = one.plot._fullLayout;
  one.along = AREAS[layout?.meta] ? layout.meta : "";
  one.mark.hidden = !one.along;
  one.plot.toggleAttribute("data-steps", Boolean(one.along));
  if (!one.along) return;
  const { axis, left, top, wide, high } = (one.area = AREAS[one.along](layout));
  one.unit = axisUnit(axis);
  const size = `${Math.max(one.unit, 2)}px`;
  Object.assign(one.mark.style, {
    left: `${left}px`, top: `${top}px`,
    width: one.along === "x" ? size : `${wide}px`, height: one.along === "x" ? `${high}px` : size,
  });
}

function moveMark({ along, mark, unit }, { t }) {
  if (along) setStyle(mark, "transform", `translate${along.toUpperCase()}(${t * unit}px)`);
}

const POINT = 5; // px of a point on a line
const hasLines = ({ data }) => data.some(({ type, mode }) => type === "scatter" && (mode ?? "lines").includes("lines"));

// How far a line that goes on leads into a step.
export const lineEnd = (plot, unit) => (hasLines(plot) ? Math.max(0, unit / 2 - POINT) : 0);

function coverSteps({ plot, over, along, area, unit }) {
  if (along) over.lay({ ...area, unit, down: along === "y", lines: lineEnd(plot, unit) });
  else over.cover.hidden = true;
}

// The step that a hand pressed on in one of the charts, if it did.
function stepAt(marks, down, up) {
  const one = marks.find(({ plot, along }) => along && plot.contains(down.target));
  if (!one || Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) > TREMOR) return null;
  const { left, top, wide, high } = one.area, box = one.plot.getBoundingClientRect();
  const x = down.clientX - box.left - left, y = down.clientY - box.top - top;
  if (x < 0 || y < 0 || x >= wide || y >= high) return null;
  return Math.floor((one.along === "x" ? x : y) / one.unit);
}
