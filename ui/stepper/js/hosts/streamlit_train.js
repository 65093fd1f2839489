// The stage of the page Train as a component of Streamlit: Python sends what is to be trained and what is read meanwhile, and
// hears after a pause what the reader looks at.
import { createLeaving } from "./leaving.js";
import { createTrainStage } from "./train_stage.js";

const stages = new WeakMap();

export default function mountTraining({ parentElement, data, setStateValue }) {
  let stage = stages.get(parentElement);
  if (!stage || stage.signal.aborted || !parentElement.contains(stage.root)) {
    stage = openStage(parentElement.querySelector(".train"));
    stages.set(parentElement, stage);
  }
  stage.report = setStateValue;
  stage.leaving.stays();
  stage.accept(data);
  return () => setTimeout(() => stage.root.isConnected || stage.dispose());
}

function openStage(root) {
  const stage = createTrainStage(root, (name, value) => stage.leaving.away() || stage.report(name, value));
  return Object.assign(stage, { leaving: createLeaving(stage.signal) });
}
