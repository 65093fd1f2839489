// What the page answers by itself: a text as it is typed, a network as it is edited or as it was along its training. The
// server's run of the same replaces that as soon as it comes; a difference between the two is an error.
import { alterNetwork } from "./core/alterations.js";
import { parseEdits } from "./core/edits.js";
import { runStepwise } from "./core/pass.js";
import { differenceBetween, predictedOf, readingOf, sharedRows } from "./core/prediction.js";
import { learn } from "./core/tokenize.js";
import { createTimer } from "./view/dom.js";
import { createSlices } from "./view/slices.js";

const PATIENCE = 1000; // ms until a box that no longer holds what was typed is believed
const LONGEST_TYPED = 4000; // letters: servers take 8,190, mail programs often less
const LATEST = 5000; // ms after which no answer is expected any more

// What a reader may change by hand, as a message holds it.
const changesOf = ({ text, edits, altered, checkpoint }) => ({ text, edits, altered, checkpoint });
const alike = (one, other) => Object.keys(one).every((name) => one[name] === other[name]);

// Whether two runs are of one network, perhaps at two moments of its training.
const ofOne = (one, other) => one.base === other.base || (one.message.training !== null && one.message.training === other.message.training);

// `show` is given what is to be shown, `wait` what is waited for ("pass", then "server", or nothing), `text` says what the box
// holds; `training` gives the weights of an id that a run names. Where no server stands behind the page, `alone` is told whether
// the page could read what was typed.
export function createPredicting(signal, { show, wait, text, training, alone }) {
  const timer = createTimer(signal), slices = createSlices(signal), hope = createTimer(signal);
  let answered = null, wanted = null, predicted = null;
  let again = false; // whether a hand has pulled on while a pass was under way: that is shown first, then the next
  let asked = null; // what the host was told of, the text aside, and the server has not answered yet
  let last = null; // { base, initial, reading, plain, altered, network, whole }: the pass of the network as it came, and as it was changed

  function settle() {
    timer.stop();
    slices.stop();
    again = false;
    wanted = predicted = null;
    wait("");
    alone?.(true);
    show(answered);
  }

  const boxHolds = () => wanted.text === answered.message.text || text() === wanted.text;

  // The network as it came, at the moment that is wanted; null where the page has not got that.
  const baseOf = ({ base, message }, { checkpoint }) =>
    checkpoint === message.checkpoint ? base : training(message.training)?.at(checkpoint, base) ?? null;

  // In slices; null where only the server knows. `wish` is what is wanted, or what the network is only to be ready for.
  function* predict(wish) {
    const before = answered, { message, model: { starts: initial } } = before, base = baseOf(before, wish);
    const reading = base?.layers && readingOf(before, wish.text, base.alphabet), edits = parseEdits(wish.edits);
    if (!reading || reading.rows.length > message.widest || message.first > 1) return null;
    const known = last?.base === base && last.initial === initial ? last : null, head = known ? sharedRows(known.reading.rows, reading.rows) : 0;
    const from = known && { t: head, run: known.plain }, plain = yield* runStepwise(base, reading.rows, { initial, from });
    const network = known?.altered === wish.altered ? known.network : alterNetwork(base, wish.altered);
    let whole = plain;
    if (edits.length || network !== base) {
      const again = known && (known.network === network ? { t: head, run: known.whole } : null);
      const unedited = network === base ? plain : null;
      whole = yield* runStepwise(network, reading.rows, { initial, from: again ?? (unedited && { t: reading.rows.length, run: plain }), edits, unedited });
    }
    last = { base, initial, reading, plain, altered: wish.altered, network, whole };
    return predictedOf({ ...before, base }, wish, last);
  }

  function tell(made) {
    predicted = again ? null : made;
    if (made) show(made);
    if (again) return start();
    wait(alone ? "" : "server");
    alone?.(made !== null);
  }

  function start() {
    again = false;
    slices.start(predict(wanted), tell);
  }

  function want(change) {
    if (!answered) return;
    wanted = { ...(wanted ?? changesOf(answered.message)), ...change };
    predicted = null;
    if (!asked && alike(wanted, changesOf(answered.message))) return settle();
    wait("pass");
    if (slices.busy() && !("text" in change)) again = true;
    else start();
  }

  return {
    // A run of the server. One of what the reader has changed since is kept.
    accept(next) {
      const before = answered;
      answered = next;
      if (asked && (!ofOne(before, next) || alike(asked, next.message))) asked = null;
      if (next.message.text !== null) learn(next.message.text, next.network.alphabet, next);
      if (!wanted || !(predicted || slices.busy()) || !ofOne(before, next)) return settle();
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
      else if (!slices.busy()) slices.start(predict(changesOf(answered.message)), () => {});
    },
    change: want,
    // What the reader wants: what is shown may be a pass behind it.
    changes: () => wanted ?? changesOf(answered.message),
    // A text that no run of the host's has read yet, null without one, or where it is too long for a link.
    typed() {
      const text = wanted?.text ?? null;
      return text !== null && text !== answered.message.text && encodeURIComponent(text).length <= LONGEST_TYPED ? text : null;
    },
    ask(changes) {
      if (alone) return;
      if (!asked && alike(changes, answered.message)) return;
      asked = changes;
      hope.start(() => {
        asked = null;
        if (wanted && alike(wanted, changesOf(answered.message))) settle();
      }, LATEST);
    },
  };
}
