// What a reader types is shown at once where the page can read it by itself. The server's run of the same text replaces
// that as soon as it comes; a difference between the two is an error.
import { run } from "./core/pass.js";
import { costOf, differenceBetween, predictedOf, shared } from "./core/prediction.js";
import { learn, tokenize } from "./core/tokenize.js";
import { createTimer } from "./view/dom.js";

const DEAREST = 1e7; // multiply-adds of a pass that fits into a frame
const PATIENCE = 1000; // ms until a box that no longer holds what was typed is believed

// `show` is given what is to be shown, `wait` whether the server is waited for, `text` says what the box holds.
export function createTyping(signal, { show, wait, text }) {
  const timer = createTimer(signal);
  let answered = null, typed = null, predicted = null, last = null;

  function settle() {
    timer.stop();
    typed = predicted = null;
    wait(false);
    show(answered);
  }

  function predict(value) {
    const { network, message } = answered, reading = network.layers && tokenize(value, network.alphabet);
    if (!reading || reading.tokens.length > message.widest || message.first > 1) return null;
    const from = last?.network === network ? { t: shared(last.reading.tokens, reading.tokens).head, run: last.whole } : null;
    if (costOf(network, reading.tokens.length - (from?.t ?? 0)) > DEAREST) return null;
    last = { network, reading, whole: run(network, reading.rows, { from }) };
    return predictedOf(answered, reading, last.whole);
  }

  return {
    // A run of the server. One of a text that the reader has changed since is kept.
    accept(next) {
      answered = next;
      if (next.message.text !== null) learn(next.message.text, next.network.alphabet, next);
      if (predicted && next.message.text === typed) {
        const error = differenceBetween(predicted, next, last);
        if (error) console.error(error);
      } else if (predicted && text() === typed) {
        return timer.start(() => text() === typed || settle(), PATIENCE);
      }
      settle();
    },
    type(value) {
      if (!answered || answered.message.text === null) return;
      typed = value;
      predicted = null;
      if (value === answered.message.text) return settle();
      wait(true);
      predicted = predict(value);
      if (predicted) show(predicted);
    },
  };
}
