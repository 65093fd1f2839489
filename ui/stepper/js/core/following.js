// Whether a page follows a teacher, and what it has to do for that: pure, each function gives the next state.
//
// A place is { page, query, step, unit, operation }. The page stands at a `here`, which is a place's key: the page and its
// link, without what is each reader's own. Python is asked for another view by a number, and says with what it sends next
// which of the asks it has answered: what comes then is as near to the place as this session gets. Where a view is another in
// its text alone, a page may be able to read that by itself: nothing is asked then, and it arrives in the same way.

const OWN = new Set(["step", "unit", "lang", "theme", "projector", "room", "embed", "embed_options"]);

export const STANDING = { away: false, place: null, here: null, asks: 0, asked: null };

// The view of a page and a link, always written the same.
export function viewKey(page, query) {
  const kept = [...new URLSearchParams(query)].filter(([name]) => !OWN.has(name));
  return `${page}?${new URLSearchParams(kept.sort(([one], [other]) => (one < other ? -1 : 1)))}`;
}

const keyOf = ({ page, query }) => viewKey(page, query);

function withoutText(key) {
  const [page, query] = key.split(/\?(.*)/), kept = new URLSearchParams(query);
  kept.delete("text");
  return viewKey(page, kept);
}

// Whether the page shows the teacher's view.
export const isThere = ({ place, here, asked }) =>
  place !== null && here !== null && (here === keyOf(place) || (asked?.arrived === here && asked.target === keyOf(place)));

// What is to be done: "go" to the place's step, "ask" Python for its view, or nothing.
export function whatNext(state) {
  if (state.away || state.place === null || state.here === null) return "";
  if (isThere(state)) return "go";
  return state.asked?.target === keyOf(state.place) ? "" : "ask";
}

// The text in which alone the teacher's view is another, null where more is, or while an answer is on the way.
export function textToRead({ place, here, asked }) {
  if (asked && asked.arrived === null && !asked.reads) return null;
  return withoutText(here) === withoutText(keyOf(place)) ? new URLSearchParams(place.query).get("text") : null;
}

export const toPlace = (state, place) => ({ ...state, place });

export function toAsk(state) {
  const asks = state.asks + 1;
  return { ...state, asks, asked: { number: asks, target: keyOf(state.place), arrived: null } };
}

// The page reads the place's text by itself: what it shows next answers no ask.
export const toRead = (state) => ({ ...state, asked: { number: state.asks, target: keyOf(state.place), arrived: null, reads: true } });

// The page shows another view: the one that was asked for, or one that its reader chose by herself.
export function toHere(state, here, answered) {
  const { asked, place } = state, next = { ...state, here };
  if (asked && asked.arrived === null) return answered === asked.number ? { ...next, asked: { ...asked, arrived: here } } : next;
  const moved = state.here !== null && here !== state.here; // from nowhere one comes to follow
  return place && moved && !isThere(next) ? { ...next, away: true } : next;
}

export const toAway = (state) => ({ ...state, away: true });

export const toBack = (state) => ({ ...state, away: false, asked: isThere(state) ? state.asked : null });
