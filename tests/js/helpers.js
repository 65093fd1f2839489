// What the tests ask of the modules; arrays go over in float64, so that nothing is rounded on the way.
import { bestAnswer } from "/core/answers.js";
import { alterNetwork, parseAlterations, writeAlterations } from "/core/alterations.js";
import { decodeNetwork, decodeRun } from "/core/decode.js";
import { parseEdits, writeEdits } from "/core/edits.js";
import { isThere, STANDING, textToRead, toAsk, toAway, toBack, toHere, toPlace, toRead, viewKey, whatNext } from "/core/following.js";
import { allDigits, decimals, percent } from "/core/numbers.js";
import { ANSWER, askable, askNext, choicesOf, coverAfter, coveredSteps, effectOf, isCovered, isPut, nextStep, OPEN, openRoom, revealNext, stillBound, verdictOn } from "/core/guessing.js";
import { freshArm, goneTo, lookShown, partsShown, placeNear, toNews, untilOf, updatesOf } from "/core/learning.js";
import { axisFor, chartsOf, endsOf, shareOn } from "/core/learning_charts.js";
import { run, runStepwise } from "/core/pass.js";
import { START, enter, move } from "/core/player.js";
import { differenceBetween, differenceOf, predictedOf, shared, sharedRows, stepAfter } from "/core/prediction.js";
import { evaluate } from "/core/program.js";
import { tokenize } from "/core/tokenize.js";

const pack = (values) => {
  const bytes = new Uint8Array(Float64Array.from(values).buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
};
const packTrace = (trace) => trace && Object.fromEntries(Object.entries(trace.arrays).map(([name, array]) => [name, pack(array)]));

const moves = { toAsk, toAway, toBack, toHere, toPlace, toRead };

const calls = {
  // An arm after the events of its stream: what is known of it, how far each act wants it to go, what is shown at an update.
  learning({ known, events, at = null }) {
    const arm = events.reduce(toNews, freshArm(known));
    const acts = ["train", "look", "one", "pause"].map((act) => [act, untilOf(arm, act)]);
    return { phase: arm.phase, fault: arm.fault, updates: arm.looks.map(({ update }) => update), until: Object.fromEntries(acts), shown: lookShown(arm, at)?.update ?? null, parts: partsShown(arm, at)?.update ?? null };
  },
  // The way back through the looks of several arms: after each move, the update looked at and the place of the slider.
  way({ looks, places }) {
    const arms = looks.map((updates) => ({ looks: updates.map((update) => ({ update })) })), updates = updatesOf(arms);
    return places.map((place) => [goneTo(updates, place), placeNear(updates, goneTo(updates, place)), ...arms.map((arm) => lookShown(arm, goneTo(updates, place))?.update)]);
  },
  axis: ({ begins, values }) => axisFor(begins, values),
  ends: ({ axis }) => endsOf(axis),
  shares: ({ axis, values }) => values.map((value) => shareOn(axis, value)),
  charts: ({ arms }) => chartsOf(arms).map(({ name, axis, lines }) => ({ name, axis, gaps: lines.map(({ points }) => points.map(([, value]) => !Number.isFinite(value))) })),
  // What a page that follows has to do after each of these moves: [what to do, whether it is away, whether it is there, what to read].
  following({ events }) {
    let state = STANDING;
    return events.map(([name, ...given]) => {
      state = moves[name](state, ...given);
      return [whatNext(state), state.away, isThere(state), whatNext(state) === "ask" ? textToRead(state) : null];
    });
  },
  keys({ views }) {
    return views.map(([page, query]) => viewKey(page, query));
  },
  // The whole pass; with `from` the pass of `before` goes on at step `from`. Edits are lines, as in a link.
  pass({ message, inputs, initial = null, before = null, from = 0, edits = "", edited = "", altered = "" }) {
    const network = alterNetwork(decodeNetwork(message), altered);
    const kept = before && { t: from, run: run(network, before, { initial, edits: parseEdits(edited) }) };
    const { layers, output } = run(network, inputs, { initial, from: kept, edits: parseEdits(edits) });
    return {
      layers: layers.map(({ forward, backward }) => ({ forward: packTrace(forward), backward: packTrace(backward) })),
      output: output && pack(output.flatMap((row) => [...row])),
    };
  },
  // Two passes of a network in turn, a step of one, a step of the other, another begun and left: are they as if each had
  // been made alone, and after how many pauses?
  turns({ message, one, other, t, edits = "" }) {
    const network = decodeNetwork(message), given = { edits: parseEdits(edits) };
    const before = run(network, one, given), kept = JSON.stringify(before);
    const from = { t, run: before }, left = runStepwise(network, other, { ...given, from });
    const passes = [[one, given], [other, { ...given, from }]].map(([inputs, options]) => {
      return { pass: runStepwise(network, inputs, options), alone: run(network, inputs, options), pauses: 0, made: null };
    });
    left.next();
    for (let busy = true; busy;) {
      busy = false;
      for (const each of passes.filter(({ made }) => !made)) {
        const { done, value } = each.pass.next();
        if (done) each.made = value;
        else each.pauses++;
        busy = true;
      }
    }
    return {
      alike: passes.every(({ made, alone }) => JSON.stringify(made) === JSON.stringify(alone)),
      untouched: JSON.stringify(before) === kept,
      pauses: passes.map(({ pauses }) => pauses),
    };
  },
  edits: ({ lines }) => lines.map((line) => {
    const edits = parseEdits(line);
    return edits && [edits, writeEdits(edits)];
  }),
  alterations: ({ lines }) => lines.map((line) => {
    const alterations = parseAlterations(line);
    return alterations && writeAlterations(alterations);
  }),
  // Programs at steps, each for so many units: a list of numbers for each (program, step).
  evaluate({ message, run: sent, programs, steps }) {
    const model = decodeRun(sent, decodeNetwork(message));
    return pack(programs.flatMap(([program, units]) => steps.flatMap((t) =>
      Array.from({ length: units }, (_, unit) => evaluate(program, model, t, unit)))));
  },
  row({ message, run: sent, names, steps }) {
    const model = decodeRun(sent, decodeNetwork(message));
    return names.map((name) => steps.map((t) => [...model.row(name, t)]));
  },
  // Of each text its tokens, how they are shown, which are strange, and their rows; null where the page would ask.
  tokenize({ message, texts }) {
    const { alphabet } = decodeNetwork(message);
    return texts.map((text) => {
      const reading = tokenize(text, alphabet);
      return reading && { ...reading, rows: reading.rows.map((row) => [...row]) };
    });
  },
  // Each character alone, between letters, doubled and with a mark behind it: those that the page doesn't ask for.
  sweep({ message, first, last }) {
    const { alphabet } = decodeNetwork(message), found = [];
    for (let point = first; point < last; point++) {
      const character = String.fromCodePoint(point), texts = [character, `a${character}b`, character + character, `e${character}\u0301`];
      const read = texts.map((text) => tokenize(text, alphabet));
      if (read.some((reading) => reading)) found.push([point, read.map((reading) => reading && [reading.tokens, reading.names])]);
    }
    return found;
  },
  shared: ({ before, after }) => ({ ...shared(before, after), rows: sharedRows(before.map((one) => [one, 1]), after.map((one) => [one, 1])) }),
  step: ({ before, after, t }) => stepAfter(before, after, t),
  // A run of one text with another's numbers predicted in it, against the server's run of that text.
  predict({ message, run: sent, expected, text }) {
    const network = decodeNetwork(message), reading = tokenize(text, network.alphabet);
    const shown = { message: sent, network, base: network, model: decodeRun(sent, network) }, plain = run(network, reading.rows);
    const { model, message: said } = predictedOf(shown, { text, edits: "", altered: "" }, { reading, plain, network, whole: plain });
    const other = decodeRun(expected, network), symbols = Object.keys(other.symbols);
    const answers = model.tracks.map(({ values }, place) => values.values.reduce((most, value, at) =>
      Math.max(most, Math.abs(value - other.tracks[place].values.values[at])), 0));
    return { difference: differenceOf(model, other, symbols), tokens: said.tokens, unknown: said.unknown, steps: model.steps, answers };
  },
  // What is said of the page's pass of `mine` over rows of x, against the server's run; and where the two differ first.
  between({ message, mine, run: sent, rows, tokens, edits = "" }) {
    const network = decodeNetwork(mine), base = decodeNetwork(message), server = { message: sent, network: base, base, model: decodeRun(sent, base) };
    const reading = { rows: rows.map((row) => Float64Array.from(row)), tokens, names: tokens, strange: [] };
    const whole = run(network, reading.rows, { edits: parseEdits(edits) }), made = { reading, plain: whole, network, whole };
    const predicted = predictedOf(server, { text: tokens.join(""), edits, altered: "" }, made);
    return [differenceBetween(predicted, server, made), differenceOf(predicted.model, server.model, Object.keys(server.model.symbols))];
  },
  // Infinities and NaN come as words, which JSON has none for.
  best: ({ tracks }) => tracks.map(({ kind, names, row }) =>
    bestAnswer({ kind, short: names, values: { shape: [1, row.length], values: Float32Array.from(row) } }, 0)),
  // A reader who predicts from step t on, action by action, "predict" among them: after each where she is, what is
  // covered, and whether she is asked.
  predictions({ actions, room, t, reverse, seen }) {
    const model = { steps: room.steps, reverse };
    let guess = { ...coverAfter(OPEN, t, reverse, seen), on: true }, player = enter(START, t, 0, openRoom(guess, room, reverse));
    return actions.map((action) => {
      const next = nextStep(guess, model), predicts = action.type === "predict";
      const effect = predicts ? (next !== null && isPut(guess, player.t, model) ? "reveals" : "") : effectOf(guess, player, action, room, reverse);
      if (effect === "asks") guess = askNext(guess);
      if (effect === "reveals") guess = revealNext(guess, next, predicts ? { right: action.right } : null);
      if (effect === "reveals") player = move(player, { type: "go", t: next }, openRoom(guess, room, reverse));
      if (effect === "moves") player = move(player, action, openRoom(guess, room, reverse));
      return { effect, t: player.t, covered: coveredSteps(guess, model), here: isCovered(guess, player.t, reverse), put: isPut(guess, player.t, model), made: Object.keys(guess.made).length, right: guess.right, count: guess.count };
    });
  },
  // What can be said of the step after each, and what would come of it, for every symbol and the answer.
  verdicts({ message, run: sent, unit }) {
    const network = decodeNetwork(message), shown = { message: sent, network, model: decodeRun(sent, network) };
    const steps = Array.from({ length: sent.steps - 1 }, (_, t) => (sent.reverse ? t + 1 : t));
    return steps.flatMap((t) => askable(shown, t).map((about) => ({
      t, about, answer: about === ANSWER, bound: stillBound(shown, about),
      said: choicesOf(shown, about, t).map((choice) => ({ ...choice, ...verdictOn(shown, about, choice, { t, unit }, sent.reverse ? t - 1 : t + 1) })),
    })));
  },
  percents: ({ values }) => values.map(percent),
  numbers: ({ values }) => values.map((value) => [decimals(Number(value)), allDigits(Number(value))]),
  play: ({ actions, room, start }) => actions.reduce((states, action) =>
    [...states, move(states.at(-1), action, room)], [enter({ ...START, ...start }, start.t ?? 0, start.unit ?? 0, room)]),
};
export default (name, given) => calls[name](given);
