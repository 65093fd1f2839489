// The row in which a reader says what the next step brings, and reads what it brought, with what she had said beside it.
import { ANSWER } from "../core/guessing.js";
import { fillIn } from "../core/sentences.js";
import { letterOf } from "./editor.js";
import { element, KEPT, setAttr, setText, textNode } from "./dom.js";
import { shortened } from "./panels.js";

// `acts` hears of each: choose(place), about(symbol).
export function createGuessRow(root, signal, { choose, about: chooseAbout }) {
  const panel = root.querySelector(".guess"), find = (name) => panel.querySelector(name);
  const question = find(".question"), select = find("select"), choices = find(".choices"), marked = find(".verdict"), play = root.querySelector("[data-act=play]");
  const next = textNode(find(".next")), mark = textNode(find(".verdict b")), verdict = textNode(find(".verdict span")), score = textNode(find(".score"));
  let built = "";

  select.addEventListener("change", () => chooseAbout(select.value), { signal });
  // The list takes letters for itself; digits are predictions.
  select.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    choose(Number(event.key) - 1);
  }, { signal });

  const named = ({ words, units }, symbol, unit) => (symbol === ANSWER ? words.guess_answer : fillIn(words.guess_symbol, { symbol: letterOf(symbol), unit: units[unit] }));
  const told = (words, { said, answer }) => (said ? fillIn(words[`guess_${said}`], { answer }) : answer);

  function build({ message }, { unit, ask: { about, all, choices: offered, bound } }) {
    const { words } = message;
    select.replaceChildren(...all.map((symbol) => element("option", { value: symbol, textContent: named(message, symbol, unit) })));
    select.value = about;
    choices.replaceChildren(...offered.map((choice, place) => {
      const button = element("button", { type: "button" }, element("kbd", { textContent: place + 1 }), told(words, choice));
      button.dataset.act = "guess";
      button.dataset.place = place;
      if (choice.said === "stays") button.title = fillIn(words.guess_still, { bound });
      return button;
    }));
  }

  function sayVerdict({ message }, { verdict: made }) {
    if (!made) return "";
    const { words } = message, { choice, from, to, symbol, unit } = made;
    const sentence = symbol !== ANSWER ? words.guess_moved : from === to ? words.guess_kept : words.guess_answered;
    return fillIn(sentence, { said: told(words, choice), what: named(message, symbol, unit), from, to });
  }

  return {
    // `view` is null where nothing is covered, else { unit, next: a step or null, score, verdict, ask } (guessing.js).
    draw(shown, view) {
      root.classList.toggle("guessing", view !== null);
      panel.hidden = view === null;
      const { words, tokens, first, lang, own } = shown.message;
      setAttr(play, "title", view ? words.play_revealed : words.play);
      if (!view) return;
      const { ask, next: t, verdict: made } = view;
      const given = t !== null && !(own !== null && first + t > own); // what the network writes itself is not told
      question.hidden = !ask;
      marked.hidden = Boolean(ask);
      panel.classList.toggle("urged", Boolean(ask?.urged));
      if (ask) {
        setText(next, given ? fillIn(words.guess_next, { token: shortened(tokens[t]) }) : words.guess_next_own);
        const wanted = JSON.stringify([lang, view.unit, { ...ask, urged: null }]);
        if (wanted !== built) build(shown, view);
        built = wanted;
      }
      setText(mark, made ? (made.right ? "✓" : "✗") : "");
      setText(verdict, sayVerdict(shown, view) || (t === null ? words.guess_done : words.guess_hint));
      setText(score, view.score.count ? fillIn(words.guess_score, view.score) : "");
      setAttr(panel, "data-right", made && !ask ? String(made.right) : "");
    },
    // On a phone it may lie out of sight.
    show: () => panel.scrollIntoView({ block: "nearest" }),
    question: () => [next.nodeValue, select.selectedOptions[0]?.textContent, ...[...choices.children].map((one) => one.textContent)].join(" "),
    verdict: () => `${mark.nodeValue} ${verdict.nodeValue}`,
  };
}
