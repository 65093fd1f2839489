// The stepper as a widget of a notebook: step, unit and edits are traits that both sides may set.
import { startAlone } from "./alone.js";

export default function notebook() {
  return { render: renderWidget };
}

// The model holds `data` (network, run, maps), `body`, the page's HTML, and the traits step, unit and edits.
function renderWidget({ model, el }) {
  const frame = document.createElement("div"), scope = document.createElement("div"), data = model.get("data");
  frame.className = "gates-frame";
  scope.className = "gates-page";
  scope.dataset.framed = "";
  scope.tabIndex = 0; // keys go to the widget that has the focus
  scope.innerHTML = model.get("body");
  frame.append(scope);
  el.replaceChildren(frame);
  const opening = { ...data.run, step: model.get("step"), unit: model.get("unit") };
  const told = { at: ({ step, unit }) => tell({ step, unit }), changed: ({ edit }) => tell({ edits: edit }) };
  const stepper = startAlone(scope, { ...data, run: opening }, {
    report: (name, value) => told[name]?.(value), address() {}, link: String, keys: scope,
  });
  stepper.root.querySelector("[data-act=link]").hidden = true;
  scope.addEventListener("pointerup", ({ target }) => target.closest("button, input, select, [tabindex]") === scope && scope.focus({ preventScroll: true }), { signal: stepper.signal });

  function tell(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  }

  const go = () => stepper.dispatch({ type: "go", t: model.get("step") - data.run.first, unit: model.get("unit") - 1 });
  const edit = () => stepper.changes().edits === model.get("edits") || stepper.change({ edits: model.get("edits") });
  model.on("change:step", go);
  model.on("change:unit", go);
  model.on("change:edits", edit);
  edit();
  return () => {
    model.off("change:step", go);
    model.off("change:unit", go);
    model.off("change:edits", edit);
    stepper.dispose();
  };
}
