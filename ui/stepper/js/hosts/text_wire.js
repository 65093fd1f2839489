// Texts that are answered beside Streamlit's wire: in a crowd the server is asked for the numbers of a text alone, which the page
// draws by itself. The session hears of the text before it is asked for anything else, and when the reader points at what only
// a run of its script draws anew.
import { createTimer } from "../view/dom.js";
import { appBase, askServer, createNewest } from "./wire.js";

const HAND_RESTS = 300; // ms without a key until the server is asked
const ASK_AGAIN = 1000; // ms until what did not arrive is asked for once more
const PICTURE = ".st-key-heat"; // says what it shows where a hand rests on it

// `accept` is given a message and shows it: whether that can be seen; `commit` has the script run, and is told the text and the
// fault of what was asked; `link` gives the query of the view with a text, `text` what the box holds, `write` puts one there. What
// came last by Streamlit's wire says whether texts go `beside` it.
export function createTextWire(signal, { accept, commit, link, text, write }) {
  const rest = createTimer(signal);
  let last = null; // by Streamlit's wire
  let shown = null; // the text that was answered last, by either
  let hers = true; // whether the box holds what the reader typed: what the script puts there comes a moment after its message
  let asked = null; // the text of which the session is about to hear
  let acts = []; // what waits for that

  const staged = () => last !== null && last.beside && hers && text() !== null && text() !== last.text;

  const awaits = (typed) => !signal.aborted && hers && typed === text();

  const ask = createNewest(async (typed) => {
    if (!awaits(typed) || !last.beside) return 0;
    const { said, fault } = await askServer(`${appBase(location.pathname, "")}/text`, { body: { link: String(link(typed)), narrow: last.narrow } });
    if (!awaits(typed)) return 0;
    if (fault === "network") return ASK_AGAIN;
    if (said?.network === last.network && accept({ ...last, ...said })) shown = typed;
    else tellSession(fault);
    return 0;
  });

  function tellSession(fault = "") {
    if (!staged() || asked === text()) return;
    asked = text();
    commit({ fault, text: asked });
  }

  function act() {
    const waiting = acts;
    acts = [];
    for (const one of waiting) one();
  }

  // What Streamlit has yet to send goes first: it sends at the page's next leisure, in which she may have typed on.
  const actLast = () => setTimeout(() => acts.length && (staged() ? tellSession() : act()));

  // Does it once the session has heard of the text.
  function before(one) {
    if (!staged()) return one();
    acts.push(one);
    tellSession();
  }

  document.addEventListener("pointerover", ({ target }) => target.closest?.(PICTURE) && tellSession(), { signal });
  signal.addEventListener("abort", act);

  return {
    staged, before,
    type(typed) {
      hers = true;
      if (!last?.beside) return;
      if (typed === shown) rest.stop();
      else rest.start(() => ask(typed), HAND_RESTS);
    },
    // Has a text read as if it were typed, unless the script has to run for it; says whether.
    read(wanted) {
      if (!last?.beside || text() === null) return false;
      if (wanted !== text()) write(wanted);
      return true;
    },
    // What came by Streamlit's wire.
    hears(message) {
      if (message.given !== (last ?? message).given) hers = false;
      last = message;
      shown = message.text;
      asked = null;
      if (!staged()) actLast();
      else if (acts.length) tellSession(); // she has typed on meanwhile
      else rest.start(() => ask(text()), HAND_RESTS);
    },
  };
}
