// What the page answers by itself: a text as it is typed, a network as it is edited. The server's run of the same
// replaces that as soon as it comes; a difference between the two is an error.
import { alterNetwork } from "./core/alterations.js";
import { parseEdits } from "./core/edits.js";
import { runStepwise } from "./core/pass.js";
import { differenceBetween, predictedOf, readingOf, sharedRows } from "./core/prediction.js";
import { learn } from "./core/tokenize.js";
import { createTimer } from "./view/dom.js";
import { createSlices } from "./view/slices.js";

const PATIENCE = 1000; // ms until a box that no longer holds what was typed is believed

// What a reader may change by hand, as a message holds it.
const changesOf = ({ text, edits, altered }) => ({ text, edits, altered });
const alike = (one, other) => Object.keys(one).every((name) => one[name] === other[name]);

// `show` is given what is to be shown, `wait` whether the server is waited for, `text` says what the box holds.
export function createPredicting(signal, { show, wait, text }) {
  const timer = createTimer(signal), slices = createSlices(signal);
  let answered = null, wanted = null, predicted = null;
  let last = null; // { base, reading, plain, altered, network, whole }: the pass of the network as it came, and as it was changed

  function settle() {
    timer.stop();
    slices.stop();
    wanted = predicted = null;
    wait(false);
    show(answered);
  }

  const boxHolds = () => wanted.text === answered.message.text || text() === wanted.text;

  // In slices; null where only the server knows. `asked` is what is wanted, or the network is only to be ready for.
  function* predict(asked) {
    const before = answered, { base, message } = before, reading = base.layers && readingOf(before, asked.text), edits = parseEdits(asked.edits);
    if (!reading || reading.rows.length > message.widest || message.first > 1) return null;
    const known = last?.base === base ? last : null, head = known ? sharedRows(known.reading.rows, reading.rows) : 0;
    const from = known && { t: head, run: known.plain }, plain = yield* runStepwise(base, reading.rows, { from });
    const network = known?.altered === asked.altered ? known.network : alterNetwork(base, asked.altered);
    let whole = plain;
    if (edits.length || network !== base) {
      const again = known && (known.network === network ? { t: head, run: known.whole } : null);
      const unedited = network === base ? plain : null;
      whole = yield* runStepwise(network, reading.rows, { from: again ?? (unedited && { t: reading.rows.length, run: plain }), edits, unedited });
    }
    last = { base, reading, plain, altered: asked.altered, network, whole };
    return predictedOf(before, asked, last);
  }

  function tell(made) {
    predicted = made;
    if (made) show(made);
  }

  function want(change) {
    if (!answered) return;
    wanted = { ...(wanted ?? changesOf(answered.message)), ...change };
    predicted = null;
    if (alike(wanted, changesOf(answered.message))) return settle();
    wait(true);
    slices.start(predict(wanted), tell);
  }

  return {
    // A run of the server. One of what the reader has changed since is kept.
    accept(next) {
      const before = answered;
      answered = next;
      if (next.message.text !== null) learn(next.message.text, next.network.alphabet, next);
      if (!wanted || !(predicted || slices.busy()) || before.base !== next.base) return settle();
      if (alike(wanted, changesOf(next.message))) {
        const error = predicted && differenceBetween(predicted, next, last);
        if (error) console.error(error);
      } else if (boxHolds()) {
        return timer.start(() => boxHolds() || settle(), PATIENCE);
      }
      settle();
    },
    // What the box holds: also when the reader comes to it, so that the first key finds a pass to go on from.
    type(value) {
      if (!answered || answered.message.text === null) return;
      if (wanted || value !== answered.message.text) want({ text: value });
      else slices.start(predict(changesOf(answered.message)), () => {});
    },
    change: want,
  };
}
