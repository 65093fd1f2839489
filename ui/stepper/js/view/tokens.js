// The strip of tokens, under each what was answered once it was read, and the mark on the present one.
import { bestAnswer } from "../core/answers.js";
import { clamp } from "../core/numbers.js";
import { element, KEPT, observe, setAttr, setText } from "./dom.js";

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
      room = strip.clientWidth;
      most = strip.scrollWidth - room;
      scrolled = strip.scrollLeft;
    }
    const [start, end] = (spans[t] ??= spanOf(tokens[t]));
    const margin = Math.min(AHEAD, room / 4);
    const before = start - margin < scrolled && scrolled > 0, after = end + margin > scrolled + room;
    if (!before && !after) return;
    const left = clamp(before ? end + margin - room : start - margin, most + 1);
    if (left !== scrolled) strip.scrollLeft = scrolled = left;
  }

  function clear() {
    strip.replaceChildren();
    tokens = [];
  }

  function add(answers) {
    if (tokens.length % RUN === 0) {
      const box = element("div", { className: "run" });
      box.setAttribute("role", "presentation");
      strip.append(box);
    }
    const one = emptyToken(answers);
    strip.lastChild.append(one.token);
    tokens.push(one);
  }

  return {
    // Of one text after another what is alike stays: a letter that is typed moves or renames the tokens behind it.
    build({ message, model: { tracks }, covered }) {
      strip.setAttribute("aria-label", message.words.tokens);
      if (tokens[0]?.answers.length !== tracks.length) clear();
      while (tokens.length > message.tokens.length) tokens.pop().token.remove();
      while (tokens.length < message.tokens.length) add(tracks.length);
      while (strip.lastChild && !strip.lastChild.hasChildNodes()) strip.lastChild.remove();
      tokens.forEach((one, t) => fillToken(one, message, tracks, t, covered(t)));
      who.replaceChildren(...(tracks.length > 1 ? tracks : []).map((track) => element("span", { textContent: track.who })));
      reached = 0;
      spans = [];
    },
    // A step that is covered no more, or is again.
    uncover({ message, model: { tracks }, covered }, t) {
      fillToken(tokens[t], message, tracks, t, covered(t));
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
        const { classList } = tokens[place].token;
        classList.toggle("ahead", place > t && classList.contains("own"));
      }
      reached = t;
      current = tokens[t].token;
      current.setAttribute("aria-current", "step");
      current.setAttribute("aria-selected", "true");
      strip.ariaActiveDescendantElement = current; // by itself: names would have to differ between steppers of a page
    },
    focus: () => strip.focus({ preventScroll: true }),
  };
}

const spanOf = ({ token: { offsetLeft, offsetWidth } }) => [offsetLeft, offsetLeft + offsetWidth];

function emptyToken(answers) {
  const name = document.createTextNode(""), token = element("button", { ...KEPT, type: "button", tabIndex: -1 }, element("bdi", {}, name));
  token.dataset.testid = "token";
  token.setAttribute("role", "option");
  token.setAttribute("aria-selected", "false");
  return { token, name, answers: Array.from({ length: answers }, () => emptyAnswer(token)) };
}

// Under a token stands the answer that a network gives once it has read it, and whether that is right.
function emptyAnswer(token) {
  const says = document.createTextNode(""), mark = document.createTextNode("");
  const small = element("small", {}, element("bdi", {}, says), element("i", {}, mark));
  token.append(small);
  return { small, says, mark };
}

// Of a covered step the text is seen, unless the network wrote it, and nothing that the network makes of it.
function fillToken({ token, name, answers }, { tokens, first, words, unknown, strange, own, parts }, tracks, t, covered) {
  const added = own !== null && first + t > own, strangeHere = unknown.includes(t), named = covered && added ? "?" : tokens[t];
  const titles = [words.at.replace("{step}", first + t).replace("{token}", named), ...(covered ? [words.covered] : []), ...(strangeHere ? [strange] : [])];
  setText(name, named);
  setAttr(token, "data-step", String(t));
  setAttr(token, "class", `token notranslate${strangeHere ? " unknown" : ""}${added ? " own ahead" : ""}${parts.includes(first + t) ? " begins" : ""}${covered ? " covered" : ""}`);
  if (covered) answers.forEach(emptyUnder);
  else tracks.forEach((track, place) => titles.push(answerUnder(answers[place], words, track, t)));
  if (covered) setAttr(token, "aria-label", `${named}, ${words.covered}`);
  else token.removeAttribute("aria-label");
  setAttr(token, "title", titles.join(" · "));
}

function emptyUnder({ small, says, mark }) {
  for (const text of [says, mark]) setText(text, "");
  small.removeAttribute("data-right");
}

function answerUnder({ small, says, mark }, words, track, t) {
  const right = track.right[t], verdict = right === null ? [] : [right ? words.right : words.wrong.replace("{truth}", track.truth[t])];
  setText(says, bestAnswer(track, t));
  setText(mark, right === null ? "" : right ? "✓" : "✗");
  if (right === null) small.removeAttribute("data-right");
  else setAttr(small, "data-right", String(right));
  return [`${track.who ? `${track.who}, ` : ""}${track.title}: ${bestAnswer(track, t, track.answers)}`, ...verdict].join(" · ");
}
