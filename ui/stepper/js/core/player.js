// Where the reader is and how each action moves her: (player, action, room) → player. Nothing here waits or draws.
//
// `t` counts the steps shown from 0, `operation` is the row of the cell up to which a step is shown, null for the whole.
// `quick` is a step of a hand in quick succession: it marks nothing. The room is { steps, units, rows, order }, and `from`
// where the steps that she may go to do not begin at 0.
import { clamp } from "./numbers.js";

export const SPEEDS = [0.5, 1, 2, 4, 8]; // steps a second

export const START = { t: 0, unit: 0, operation: null, playing: false, speed: 1, quick: false };

const within = (t, { from = 0, steps }) => Math.max(from, clamp(t, steps));

const goTo = (player, t, quick, room) => ({ ...player, t: within(t, room), operation: null, quick });

const MOVES = {
  go: (player, { t, unit = player.unit, quick = false }, room) => goTo({ ...player, unit: clamp(unit, room.units) }, t, quick, room),
  by: (player, { by, quick = false }, room) => goTo(player, player.t + by, quick, room),
  last: (player, _, room) => goTo(player, room.steps - 1, false, room),
  stay: (player) => player,
  whole: (player, _, room) => goTo(player, player.t, false, room),
  unit: (player, { unit }, { units }) => ({ ...player, unit: clamp(unit, units) }),
  beside: (player, { by }, { order }) => ({ ...player, unit: order[clamp(order.indexOf(player.unit) + by, order.length)] }),
  operation: (player, { operation }) => ({ ...player, operation: operation === player.operation ? null : operation }), // the same again ends it
  operate: (player, { by }, { from = 0, steps, rows }) => {
    const { t, operation } = player, last = rows - 1;
    if (operation === null) return { ...player, operation: by > 0 ? 0 : last };
    if (operation + by > last && t + 1 < steps) return { ...player, t: t + 1, operation: 0 };
    if (operation + by < 0 && t > from) return { ...player, t: t - 1, operation: last };
    return { ...player, operation: clamp(operation + by, rows) };
  },
  play: (player, _, room) => {
    if (player.playing) return { ...player, playing: false };
    return { ...(player.t + 1 >= room.steps ? goTo(player, 0, false, room) : player), playing: true };
  },
  tick: (player, _, room) => (player.t + 1 >= room.steps ? { ...player, playing: false } : goTo(player, player.t + 1, false, room)),
  speed: (player, { speed }) => ({ ...player, speed }),
};

// `halt` ends a play with the move: a key other than that of play does.
export function move(player, action, room) {
  return MOVES[action.type](action.halt ? { ...player, playing: false } : player, action, room);
}

// The same place in another room; a network of another kind is `entered` with its whole step.
export function enter(player, t, unit, room, entered = false) {
  const operation = entered || player.operation === null ? null : clamp(player.operation, room.rows);
  return { ...player, t: within(t, room), unit: clamp(unit, room.units), operation };
}
