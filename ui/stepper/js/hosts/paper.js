// What goes on paper: charts that Plotly drew for the window become as wide as the sheet, whole and sharp, with what lies over them
// inside them: canvases as pictures, cursors as frames.
import { svgElement } from "../view/dom.js";
import { onceOnPage } from "./once.js";

export const followPrinting = () => onceOnPage("paper", createPaper);

function createPaper() {
  let printed = [];
  addEventListener("beforeprint", layOut);
  addEventListener("afterprint", takeBack);

  function layOut() {
    takeBack();
    printed = [...document.querySelectorAll(".js-plotly-plot")].filter(({ clientWidth }) => clientWidth).map(onPaper);
  }

  // Who asks the page to look at its colours anew says so too: there may be nothing to take back.
  function takeBack() {
    for (const { plot, pictures, over } of printed) {
      for (const svg of pictures) svg.removeAttribute("viewBox");
      plot.style.removeProperty("--shape");
      over.remove();
    }
    printed = [];
  }

  return { layOut, takeBack };
}

function onPaper(plot) {
  const box = plot.getBoundingClientRect(), pictures = [...plot.querySelectorAll(".main-svg")];
  const over = svgElement("g", { class: "over-chart" });
  const lay = (name, { left, top, width, height }, attributes) =>
    svgElement(name, { x: left - box.left, y: top - box.top, width, height, ...attributes }, over);
  const host = plot.closest(".st-key-heat") ?? plot.parentElement;
  for (const canvas of host.querySelectorAll(".stepper-live canvas"))
    lay("image", canvas.getBoundingClientRect(), { href: canvas.toDataURL(), preserveAspectRatio: "none" });
  // Where the canvases are of another text than Plotly's picture, its axes would say the former one.
  for (const tick of host.querySelectorAll(".stepper-live .stepper-ticks bdi")) layTick(tick, box, over);
  for (const mark of host.querySelectorAll(".stepper-cursor, .stepper-cell, .stepper-mark"))
    lay("rect", mark.getBoundingClientRect(), { "stroke-width": mark.matches(".stepper-cell") ? 2 : 1.5 });
  for (const svg of pictures) svg.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
  plot.style.setProperty("--shape", `${box.width} / ${box.height}`);
  pictures[0]?.append(over);
  return { plot, pictures, over };
}

function layTick(tick, box, over) {
  const { left, top, width, height } = tick.getBoundingClientRect();
  const place = { x: left + width / 2 - box.left, y: top + height / 2 - box.top, "text-anchor": "middle", "dominant-baseline": "central" };
  svgElement("text", { ...place, "font-size": getComputedStyle(tick).fontSize }, over).textContent = tick.textContent;
}
