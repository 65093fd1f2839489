// What a reader does with trainings, how they stand, and the way back through their looks.
import { isOver, isUnderWay, placeNear, updatesOf } from "../core/learning.js";
import { badgeSaid, momentSaid, standingSaid } from "../core/learning_words.js";
import { element, setAttr } from "./dom.js";
import { TYPING } from "./keys.js";

const ACTS = ["train", "look", "one", "again", "stop"];
const TOGGLE = "t"; // the key that trains and pauses

// `does` takes an act's name, `goes` a place of the slider, from 0.
export function createLearning(root, signal, { does, goes }) {
  const buttons = Object.fromEntries(ACTS.map((name) => [name, buttonOf(`train-${name}`, () => buttons[name].ariaDisabled === "true" || does(name))]));
  const standings = element("div", { className: "standings" }), spoken = element("p", { className: "spoken" });
  const back = buttonOf("look-back", () => goes(place() - 1)), on = buttonOf("look-on", () => goes(place() + 1));
  const slider = element("input", { type: "range", min: 0, step: 1, value: 0 }), moment = element("span", { className: "moment" });
  const way = element("div", { className: "way" }, back, slider, on, moment);
  const place = () => slider.valueAsNumber;
  let told = "";
  slider.dataset.testid = "looks";
  moment.dataset.testid = "moment";
  back.textContent = "◀";
  on.textContent = "▶";
  spoken.setAttribute("role", "status");
  root.append(element("div", { className: "acts" }, ...Object.values(buttons)), standings, way, spoken);
  slider.addEventListener("input", () => goes(place()), { signal });
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (key.toLowerCase() !== TOGGLE || event.repeat || ctrlKey || metaKey || altKey || defaultPrevented || target.closest?.(TYPING)) return;
    event.preventDefault();
    buttons.train.click();
  }, { signal });

  function drawActs({ arms, server }, says) {
    const busy = arms.some(isUnderWay), fresh = arms.every(({ phase }) => phase === "fresh"), over = arms.every(isOver);
    const off = { train: over, look: over || busy, one: over || busy, again: fresh, stop: fresh || over || arms.every(({ phase }) => phase === "stopped") };
    const labels = { train: busy ? says.pause : fresh ? says.train : says.go_on, look: says.look, one: says.one, again: says.again, stop: says.stop };
    for (const name of ACTS) {
      putIn(buttons[name], labels[name]);
      setAttr(buttons[name], "aria-disabled", String(off[name] || server !== ""));
      setAttr(buttons[name], "title", says[name === "train" && busy ? "pause_says" : `${name}_says`]);
    }
    setAttr(buttons.train, "aria-pressed", String(busy));
    setAttr(buttons.train, "aria-keyshortcuts", "T");
  }

  function drawStandings({ arms, lost, server, renewed }, says) {
    while (standings.childElementCount > arms.length) standings.lastChild.remove();
    while (standings.childElementCount < arms.length) standings.append(standingLine());
    const sentences = arms.map((arm) => (server ? says[`fault_${server}`] ?? says.fault_nonsense : standingSaid(arm, says, lost)));
    arms.forEach((arm, at) => {
      const line = standings.children[at], [swatch, label, said] = line.children;
      setAttr(line, "data-phase", arm.phase);
      setAttr(line, "data-arm", String(at));
      swatch.hidden = label.hidden = arms.length < 2;
      putIn(label, arm.label);
      putIn(said, renewed && isUnderWay(arm) ? `${sentences[at]} ${says.renewed}` : sentences[at]);
    });
    // Who hears the page is told when something begins or ends, not of each update.
    const kind = `${server} ${lost} ${arms.map(({ phase }) => phase)}`;
    if (kind !== told) putIn(spoken, [...new Set(sentences)].join(" "));
    told = kind;
  }

  function drawWay({ arms, at }, says) {
    const updates = updatesOf(arms), { steps } = arms[0], none = updates.length < 2;
    setAttr(slider, "max", String(Math.max(1, updates.length - 1)));
    const near = Math.max(0, placeNear(updates, at));
    if (slider.valueAsNumber !== near) slider.value = near;
    const said = momentSaid(updates[near] ?? 0, steps, says);
    setAttr(slider, "aria-label", says.looks);
    setAttr(slider, "aria-valuetext", said);
    slider.disabled = none;
    back.disabled = none || near === 0;
    on.disabled = none || near === updates.length - 1;
    setAttr(back, "aria-label", says.look_back);
    setAttr(on, "aria-label", says.look_on);
    putIn(moment, at === null && !none ? `${said} · ${says.newest}` : said);
  }

  return {
    draw(state, says) {
      drawActs(state, says);
      drawStandings(state, says);
      drawWay(state, says);
    },
  };
}

// Above a reader's tokens: whose they are, and from which moment.
export function writeHead(head, arm, { update, newest, several }, says) {
  if (!head.childElementCount) head.append(element("i", { className: "swatch" }), element("b"), element("span", { className: "badge" }));
  const [swatch, label, badge] = head.children;
  badge.dataset.testid = "moment-badge";
  swatch.hidden = label.hidden = !several;
  putIn(label, arm.label);
  putIn(badge, badgeSaid(arm, update, says, newest));
}

export function putIn(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function buttonOf(name, onclick) {
  const made = element("button", { type: "button", onclick });
  made.dataset.testid = name;
  return made;
}

function standingLine() {
  const line = element("p", {}, element("i", { className: "swatch" }), element("b"), element("span"));
  line.dataset.testid = "standing";
  return line;
}
