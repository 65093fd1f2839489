// For who listens: what is said, what sounds, and which heatmap's numbers these are.
import { largeChange } from "./core/changes.js";
import { pitchOf } from "./core/pitch.js";
import { nameIn } from "./core/saying.js";
import { scaleOf } from "./core/scales.js";
import { linesOf } from "./core/unit_lines.js";
import { createSound } from "./view/sound.js";
import { createSpeech } from "./view/speech.js";

const TONE = 0.18; // s, at most
const OF_A_STEP = 0.7; // of a step's time while it plays

export function createListening(root, signal, { shown, player, dispatch, ready }) {
  let chosen = "", focused = false; // the heatmap that was last come to or clicked on, and whether it has the focus
  const heard = () => (focused && shown().model.symbols[chosen] ? chosen : "");
  const speech = createSpeech(root, signal, { shown, player, ready, heard });
  const sound = createSound(signal), button = root.querySelector("[data-act=sound]");

  // The numbers that sound: those of the chosen heatmap, else the memory's.
  function symbol() {
    const { network } = shown(), known = network.rows.some((row) => row.symbol === chosen);
    return known ? chosen : linesOf(network).memory;
  }

  function ring() {
    const { model, covered } = shown(), { t, unit, playing, speed } = player();
    if (!sound.isOn() || !model.steps || covered(t)) return;
    sound.play(pitchOf(model.row(symbol(), t)[unit], scaleOf(shown(), symbol())), playing ? Math.min(TONE, OF_A_STEP / speed) : TONE);
  }

  return {
    ...speech, ring,
    heard,
    // A heatmap has been clicked on, or has the focus, or has it no more.
    attend(symbol, has = focused) {
      if (symbol) chosen = symbol;
      focused = has;
    },
    turn() {
      const on = sound.turn(), { message: { words }, network } = shown();
      button.setAttribute("aria-pressed", String(on));
      speech.say(on ? words.said_sound_on.replace("{name}", nameIn(network, symbol())) : words.said_sound_off);
      ring();
    },
    // The next large change on a side: of the heatmap that has the focus, else of any symbol.
    leap(by, rest) {
      const { network: { rows }, message: { words } } = shown(), symbols = rows.map((row) => row.symbol), own = symbols.includes(heard());
      const t = largeChange(shown(), own ? [heard()] : symbols, player(), by);
      if (t === null) speech.say(by > 0 ? words.said_no_change_on : words.said_no_change_back);
      else dispatch({ type: "go", t, ...rest });
    },
  };
}
