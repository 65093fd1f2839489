// Predicting before seeing: a reader who goes on says first what comes. Steps that she has not revealed are covered wherever
// they would be seen: they have no place in her room.
import { askable, askNext, choicesOf, coverAfter, coveredSteps, effectOf, isCovered, isPut, nextStep, OPEN, openRoom, revealNext, stillBound, usuallyAsked, verdictOn } from "./core/guessing.js";
import { clamp } from "./core/numbers.js";
import { createGuessRow } from "./view/guess.js";
import { nameOfText, keepScore, keepSeen, readPredictions } from "./view/remembered.js";

// `room` is that of all steps; `uncover` draws a step, or all of them, anew; `say` tells who listens at once, `add` with what is said of the step.
export function createGuessing(root, signal, { shown, player, room, dispatch, uncover, say, add }) {
  const row = createGuessRow(root, signal, { choose, about: askOf });
  let guess = { ...OPEN, ...readPredictions().score }, about = "", text = "", told = null; // what the last message said of predicting

  const reverse = () => shown().model.reverse;
  const mayAsk = () => askable(shown(), guess.frontier);
  const isAsked = () => guess.on && isPut(guess, player().t, shown().model);
  const asks = () => (mayAsk().includes(about) ? about : usuallyAsked(shown()));

  function askOf(symbol) {
    about = symbol;
    draw();
  }

  // What is covered begins anew with another text, where she was led to a step, and where covering is turned on; of a text
  // that she comes to herself she keeps what she has revealed.
  function enterText(t, led) {
    const { message, model } = shown(), here = clamp(t, model.steps), name = nameOfText(message), turned = message.predict !== told;
    if (turned) guess = { ...guess, on: message.predict };
    if (!model.steps) return;
    if (led || name !== text) guess = coverAfter(guess, here, model.reverse, led ? here : readPredictions().seen[name]);
    else if (turned) coverFrom(here);
    [text, told] = [name, message.predict];
    if (isCovered(guess, here, model.reverse)) guess = { ...guess, frontier: here };
    guess = { ...guess, frontier: clamp(guess.frontier, model.steps) };
  }

  function coverFrom(t) {
    guess = coverAfter(guess, t, reverse());
    keepSeen(text, t);
  }

  function turn() {
    guess = { ...guess, on: (told = !guess.on) };
    coverFrom(player().t);
    uncover();
    return guess.on;
  }

  // Nothing more is to be guessed: all steps are seen.
  function open() {
    if (!guess.on) return;
    guess = { ...guess, frontier: reverse() ? 0 : shown().model.steps - 1, asked: false };
    uncover();
  }

  // Where an action leads beyond what is revealed she is asked first; a second step on reveals without an answer.
  function stops(action) {
    const effect = effectOf(guess, player(), action, room(), reverse());
    if (effect === "moves") return false;
    if (effect === "reveals") return reveal(null, action);
    guess = askNext(guess);
    if (player().t !== guess.frontier) dispatch({ type: "go", t: guess.frontier, halt: true });
    draw();
    row.show();
    say(row.question());
    return true;
  }

  function reveal(verdict, action) {
    const next = nextStep(guess, shown().model);
    guess = revealNext(guess, next, verdict);
    keepSeen(text, next);
    if (verdict) keepScore({ right: guess.right, count: guess.count });
    uncover(next);
    dispatch(action);
    return true;
  }

  function choose(place) {
    const next = isAsked() ? nextStep(guess, shown().model) : null, choice = next !== null && choicesOf(shown(), asks(), guess.frontier)[place];
    if (!choice) return;
    const verdict = verdictOn(shown(), asks(), choice, player(), next);
    reveal(verdict, { type: "go", t: next });
    add("guess", row.verdict());
  }

  const skip = () => isAsked() && reveal(null, { type: "go", t: nextStep(guess, shown().model) });

  function draw() {
    if (!guess.on) return row.draw(shown(), null);
    const { t, unit } = player(), next = nextStep(guess, shown().model), symbol = asks();
    row.draw(shown(), {
      t, unit, next, score: guess, verdict: guess.made[t] ?? null,
      ask: isAsked() ? { about: symbol, all: mayAsk(), choices: choicesOf(shown(), symbol, t), bound: stillBound(shown(), symbol), urged: guess.asked } : null,
    });
  }

  return {
    draw, stops, choose, skip, turn, open, enterText, isAsked,
    on: () => guess.on,
    room: () => openRoom(guess, room(), reverse()),
    covered: (t) => isCovered(guess, t, reverse()),
    range: () => coveredSteps(guess, shown().model),
  };
}
