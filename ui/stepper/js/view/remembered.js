// What a tab keeps of its reader's predictions, for herself alone: her score, and how far she has revealed the last few texts.

const KEPT_IN = "gates.predictions";
const MOST_TEXTS = 20;

// Where a page may keep nothing, all begins anew.
export function readPredictions() {
  try {
    const { score: { right, count }, seen } = JSON.parse(sessionStorage.getItem(KEPT_IN));
    return { score: { right: Number(right), count: Number(count) }, seen: Object.fromEntries(Object.entries(seen).filter(([, t]) => Number.isInteger(t))) };
  } catch {
    return { score: { right: 0, count: 0 }, seen: {} };
  }
}

function writePredictions(kept) {
  try {
    sessionStorage.setItem(KEPT_IN, JSON.stringify(kept));
  } catch {
    // as above
  }
}

export const keepScore = (score) => writePredictions({ ...readPredictions(), score });

export function keepSeen(name, t) {
  const { seen, ...rest } = readPredictions(), { [name]: _, ...others } = seen;
  writePredictions({ ...rest, seen: Object.fromEntries([...Object.entries(others), [name, t]].slice(-MOST_TEXTS)) });
}

// A short name of what is read by whom in which direction.
export function nameOfText({ who, direction, first, tokens }) {
  let hash = 2166136261; // FNV-1a
  for (const letter of tokens.join("\n")) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
  return `${who} ${direction} ${first} ${tokens.length} ${hash >>> 0}`;
}
