// What a reader types is shown at once where the page can read it by itself. The server's run of the same text replaces
// that as soon as it comes; a difference between the two is an error.
import { runStepwise } from "./core/pass.js";
import { differenceBetween, predictedOf, shared } from "./core/prediction.js";
import { learn, tokenize } from "./core/tokenize.js";
import { createTimer } from "./view/dom.js";
import { createSlices } from "./view/slices.js";

const PATIENCE = 1000; // ms until a box that no longer holds what was typed is believed

// `show` is given what is to be shown, `wait` whether the server is waited for, `text` says what the box holds.
export function createTyping(signal, { show, wait, text }) {
  const timer = createTimer(signal), slices = createSlices(signal);
  let answered = null, typed = null, predicted = null, last = null;

  function settle() {
    timer.stop();
    slices.stop();
    typed = predicted = null;
    wait(false);
    show(answered);
  }

  // What the page makes of a text, step by step; null where only the server can.
  function* predict(value) {
    const before = answered, { network, message } = before, reading = network.layers && tokenize(value, network.alphabet);
    if (!reading || reading.tokens.length > message.widest || message.first > 1) return null;
    const from = last?.network === network ? { t: shared(last.reading.tokens, reading.tokens).head, run: last.whole } : null;
    last = { network, reading, whole: yield* runStepwise(network, reading.rows, { from }) };
    return predictedOf(before, reading, last.whole);
  }

  function tell(made) {
    predicted = made;
    if (made) show(made);
  }

  return {
    // A run of the server. One of a text that the reader has changed since is kept.
    accept(next) {
      answered = next;
      if (next.message.text !== null) learn(next.message.text, next.network.alphabet, next);
      if (next.message.text === typed) {
        const error = predicted && differenceBetween(predicted, next, last);
        if (error) console.error(error);
      } else if ((predicted || slices.busy()) && text() === typed) {
        return timer.start(() => text() === typed || settle(), PATIENCE);
      }
      settle();
    },
    // What the box holds: also when the reader comes to it, so that the first key finds a pass to go on from.
    type(value) {
      if (!answered || answered.message.text === null) return;
      const same = value === answered.message.text;
      if (same && typed === null) return slices.start(predict(value), () => {});
      if (same) return settle();
      typed = value;
      predicted = null;
      wait(true);
      slices.start(predict(value), tell);
    },
  };
}
