// What the page answers by itself: a text as it is typed, a network as it is edited or as it was along its training. The
// server's run of the same replaces that as soon as it comes; a difference between the two is an error.
import { alterNetwork } from "./core/alterations.js";
import { parseEdits } from "./core/edits.js";
import { run } from "./core/pass.js";
import { costOf, differenceBetween, predictedOf, readingOf, sharedRows } from "./core/prediction.js";
import { learn } from "./core/tokenize.js";
import { createTimer } from "./view/dom.js";

const DEAREST = 1e7; // multiply-adds of a pass that fits into a frame
const PATIENCE = 1000; // ms until a box that no longer holds what was typed is believed
const LATEST = 5000; // ms after which no answer is expected any more

// What a reader may change by hand, as a message holds it.
const changesOf = ({ text, edits, altered, checkpoint }) => ({ text, edits, altered, checkpoint });
const alike = (one, other) => Object.keys(one).every((name) => one[name] === other[name]);

// Whether two runs are of one network, perhaps at two moments of its training.
const ofOne = (one, other) => one.base === other.base || (one.message.training !== null && one.message.training === other.message.training);

// `show` is given what is to be shown, `wait` whether the server is waited for, `text` says what the box holds; `training`
// gives the weights of an id that a run names.
export function createPredicting(signal, { show, wait, text, training }) {
  const timer = createTimer(signal), hope = createTimer(signal);
  let answered = null, wanted = null, predicted = null;
  let asked = null; // what the host was told of, the text aside, and the server has not answered yet
  let last = null; // { base, reading, plain, altered, network, whole }: the pass of the network as it came, and as it was changed

  function settle() {
    timer.stop();
    wanted = predicted = null;
    wait(false);
    show(answered);
  }

  const boxHolds = () => wanted.text === answered.message.text || text() === wanted.text;

  // The network as it came, at the moment that is wanted; null where the page has not got that.
  function baseOf({ base, message }) {
    return wanted.checkpoint === message.checkpoint ? base : training(message.training)?.at(wanted.checkpoint, base) ?? null;
  }

  function predict() {
    const { message } = answered, base = baseOf(answered), reading = base?.layers && readingOf(answered, wanted.text), edits = parseEdits(wanted.edits);
    if (!reading || reading.rows.length > message.widest || message.first > 1) return null;
    const known = last?.base === base ? last : null, head = known ? sharedRows(known.reading.rows, reading.rows) : 0;
    if (costOf(base, reading.rows.length - head) > DEAREST) return null;
    const from = known && { t: head, run: known.plain }, plain = run(base, reading.rows, { from });
    const network = known?.altered === wanted.altered ? known.network : alterNetwork(base, wanted.altered);
    let whole = plain;
    if (edits.length || network !== base) {
      const again = known && (known.network === network ? { t: head, run: known.whole } : null);
      const unedited = network === base ? plain : null;
      whole = run(network, reading.rows, { from: again ?? (unedited && { t: reading.rows.length, run: plain }), edits, unedited });
    }
    last = { base, reading, plain, altered: wanted.altered, network, whole };
    return predictedOf({ ...answered, base }, wanted, last);
  }

  function want(change) {
    if (!answered) return;
    wanted = { ...(wanted ?? changesOf(answered.message)), ...change };
    predicted = null;
    if (!asked && alike(wanted, changesOf(answered.message))) return settle();
    wait(true);
    predicted = predict();
    if (predicted) show(predicted);
  }

  return {
    // A run of the server. One of what the reader has changed since is kept.
    accept(next) {
      const before = answered;
      answered = next;
      if (asked && (!ofOne(before, next) || alike(asked, next.message))) asked = null;
      if (next.message.text !== null) learn(next.message.text, next.network.alphabet, next);
      if (!predicted || !ofOne(before, next)) return settle();
      if (alike(wanted, changesOf(next.message))) {
        const error = differenceBetween(predicted, next, last);
        if (error) console.error(error);
      } else if (boxHolds()) {
        return timer.start(() => boxHolds() || settle(), PATIENCE);
      }
      settle();
    },
    type(value) {
      if (answered && answered.message.text !== null) want({ text: value });
    },
    change: want,
    ask(changes) {
      if (!asked && alike(changes, answered.message)) return;
      asked = changes;
      hope.start(() => {
        asked = null;
        if (wanted && alike(wanted, changesOf(answered.message))) settle();
      }, LATEST);
    },
  };
}
