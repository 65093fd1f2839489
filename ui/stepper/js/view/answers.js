// The answers of the present step: each a chip with its name, its share, and a bar as long as that.
import { answerRow } from "../core/answers.js";
import { decimals, percent } from "../core/numbers.js";
import { boxed, element, KEPT, lettersWide, setStyle, setText } from "./dom.js";

const FEW = 5; // answers that keep their places; of more the likeliest are shown

export function createAnswers(root) {
  const panel = root.querySelector(".belief");
  let chips = [];
  return {
    build({ message, model, original }) {
      const track = model.tracks[message.lead];
      panel.hidden = !track;
      chips = [];
      if (!track) return panel.replaceChildren();
      panel.setAttribute("aria-label", message.words.answers);
      chips = track.answers.slice(0, FEW).map(() => chipOf(track, original !== null));
      panel.classList.toggle("many", chips.length === FEW);
      panel.replaceChildren(element("span", { className: "asks", textContent: track.title }), ...chips.map(({ chip }) => chip));
    },
    draw(shown, { t }) {
      const { message, model } = shown;
      const track = model.tracks[message.lead];
      if (!track) return;
      const row = answerRow(track, t);
      panel.classList.toggle("silent", Number.isNaN(row[0])); // an encoder reads and does not answer
      if (Number.isNaN(row[0])) return;
      const places = [...row.keys()];
      if (track.answers.length > FEW) places.sort((one, other) => row[other] - row[one]);
      const original = shown.original && model.tracks[1] && answerRow(model.tracks[1], t);
      chips.forEach(({ name, value, was, bar, chip }, index) => {
        const share = row[places[index]], former = shareOf(track, (original ?? row)[places[index]]);
        setText(name, track.answers[places[index]]);
        setText(value, shareOf(track, share));
        setStyle(bar, "backgroundSize", `${Math.round(100 * Math.max(0, Math.min(1, share)))}% 100%`);
        setText(was, former !== shareOf(track, share) ? former : "");
        chip.classList.toggle("likely", track.kind === "linear" || share > 0.5);
      });
    },
    updateTitles() {
      for (const { chip, name } of chips) chip.title = name.nodeValue; // where there is no room for all of it
    },
  };
}

const shareOf = ({ kind }, share) => (kind === "linear" ? decimals(share) : percent(share));

function chipOf({ answers }, edited) {
  // As wide as the longest answer needs, the same for all, so that nothing moves when they change.
  const width = Math.min(15, 5.2 + 0.55 * Math.max(...answers.map(lettersWide))) + (edited ? 2.6 : 0);
  const name = document.createTextNode(""), value = document.createTextNode(""), was = document.createTextNode(""), bar = element("i");
  const className = answers.length > FEW ? "chip wide notranslate" : "chip notranslate";
  const chip = element("span", { ...KEPT, className, style: `width: ${width}rem` }, bar, boxed(element("bdi", {}, name)), element("s", {}, was), element("span", { className: "share" }, value));
  return { chip, name, value, was, bar };
}
