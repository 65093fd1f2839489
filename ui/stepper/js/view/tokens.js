// The strip of tokens, under each what was answered once it was read, and the mark on the present one.
import { bestAnswer } from "../core/answers.js";
import { clamp } from "../core/numbers.js";
import { element, KEPT, observe } from "./dom.js";

const AHEAD = 96; // px of the strip that stay in view beyond the present token
const RUN = 10; // tokens in one box: of the boxes in a row those alone are painted anew in which a token changes

export function createTokens(root, signal) {
  const strip = root.querySelector(".strip"), who = root.querySelector(".who");
  let tokens = [], spans = [], current = null, reached = 0, room = 0, most = 0, scrolled = 0;
  strip.addEventListener("scroll", () => (scrolled = strip.scrollLeft), { signal, passive: true });
  observe(new ResizeObserver(() => (spans = [])), signal, strip);

  // The tokens lie still while the mark runs along them; near an end of what is seen the page is turned.
  function reveal(t) {
    if (!spans.length) {
      spans = tokens.map(({ offsetLeft, offsetWidth }) => [offsetLeft, offsetLeft + offsetWidth]);
      room = strip.clientWidth;
      most = strip.scrollWidth - room;
      scrolled = strip.scrollLeft;
    }
    const [start, end] = spans[t];
    const margin = Math.min(AHEAD, room / 4);
    const before = start - margin < scrolled && scrolled > 0, after = end + margin > scrolled + room;
    if (!before && !after) return;
    const left = clamp(before ? end + margin - room : start - margin, most + 1);
    if (left !== scrolled) strip.scrollLeft = scrolled = left;
  }

  return {
    build({ message, model: { tracks } }) {
      strip.setAttribute("aria-label", message.words.tokens);
      tokens = message.tokens.map((_, t) => tokenOf(message, tracks, t));
      const boxes = [];
      for (let first = 0; first < tokens.length; first += RUN) {
        const box = element("div", { className: "run" }, ...tokens.slice(first, first + RUN));
        box.setAttribute("role", "presentation");
        boxes.push(box);
      }
      strip.replaceChildren(...boxes);
      who.replaceChildren(...(tracks.length > 1 ? tracks : []).map((track) => element("span", { textContent: track.who })));
      current = null;
      reached = 0;
      spans = [];
    },
    // Reads the layout, so it comes before all that changes it.
    draw(_, { t }) {
      reveal(t);
      if (current) {
        current.removeAttribute("aria-current");
        current.setAttribute("aria-selected", "false");
      }
      // What the network writes itself appears as it is written.
      for (let place = Math.min(t, reached); place <= Math.max(t, reached); place++) {
        tokens[place].classList.toggle("ahead", place > t && tokens[place].classList.contains("own"));
      }
      reached = t;
      current = tokens[t];
      current.setAttribute("aria-current", "step");
      current.setAttribute("aria-selected", "true");
    },
    focus: () => strip.focus({ preventScroll: true }),
  };
}

function tokenOf({ tokens, first, words, unknown, strange, own, parts }, tracks, t) {
  const token = element("button", { ...KEPT, type: "button", className: "token notranslate", tabIndex: -1 });
  token.dataset.testid = "token";
  token.dataset.step = t;
  token.setAttribute("role", "option");
  token.title = words.at.replace("{step}", first + t).replace("{token}", tokens[t]);
  if (unknown.includes(t)) {
    token.classList.add("unknown");
    token.title += ` · ${strange}`;
  }
  token.append(element("bdi", { textContent: tokens[t] }));
  if (own !== null && first + t > own) token.classList.add("own", "ahead");
  if (parts.includes(first + t)) token.classList.add("begins");
  for (const track of tracks) answerUnder(token, words, track, t);
  return token;
}

// Under a token stands the answer that a network gives once it has read it, and whether that is right.
function answerUnder(token, words, track, t) {
  const right = track.right[t];
  const mark = right === null ? "" : right ? "✓" : "✗";
  const answer = element("small", {}, element("bdi", { textContent: bestAnswer(track, t) }), element("i", { textContent: mark }));
  if (right !== null) answer.dataset.right = right;
  token.append(answer);
  const verdict = right === null ? "" : ` · ${right ? words.right : words.wrong.replace("{truth}", track.truth[t])}`;
  token.title += ` · ${track.who ? `${track.who}, ` : ""}${track.title}: ${bestAnswer(track, t, track.answers)}${verdict}`;
}
