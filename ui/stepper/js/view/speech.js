// What the page says to who listens: once, when the hand rests; nothing while it plays. What was done comes first, then
// what has changed since it was last said.
import { bestAnswer } from "../core/answers.js";
import { sayCell, sayEquation, sayStep, sayUnit, sayUnitName } from "../core/saying.js";
import { fillIn } from "../core/sentences.js";
import { createTimer } from "./dom.js";

const REST_TO_SPEAK = 450; // ms

// `ready` says whether a hand rests and nothing is waited for; `heard` the symbol of the heatmap that has the focus, "" for none.
export function createSpeech(root, signal, { shown, player, ready, heard }) {
  const place = root.querySelector(".spoken"), timer = createTimer(signal);
  let news = {}, last = { step: "", unit: "", numbers: "" };

  // Written anew, so that the same is heard again.
  const say = (sentence) => (place.textContent = sentence);

  const sayAnswers = ({ message: { words }, model }, { t }) =>
    model.tracks.map((track) => fillIn(words.said_answer, { title: [track.who, track.title].filter(Boolean).join(" "), answer: bestAnswer(track, t, track.answers) })).join(" ");

  function sentences(view, now) {
    const symbol = heard(), step = sayStep(view, now.t), unit = sayUnitName(view, now.unit);
    const numbers = now.operation !== null ? sayEquation(view, now) : symbol ? sayCell(view, symbol, now) : `${sayUnit(view, now)} ${sayAnswers(view, now)}`.trim();
    const said = [step !== last.step && step, (step !== last.step || unit !== last.unit) && symbol !== "x" && unit, numbers !== last.numbers || step !== last.step ? numbers : ""];
    last = { step, unit, numbers };
    return said.filter(Boolean);
  }

  function speak() {
    if (!shown()?.model.steps || player().playing || !ready()) return;
    const told = [...Object.values(news), ...sentences(shown(), player())].join(" ");
    news = {};
    if (told) say(told);
  }

  return {
    say,
    // Said with what is said next, the last of a kind.
    add: (kind, sentence) => sentence && (news[kind] = sentence),
    soon: () => timer.start(speak, REST_TO_SPEAK),
    // Where a page opens, its reader hears that from the page itself.
    knows() {
      sentences(shown(), player());
      news = {};
    },
  };
}
