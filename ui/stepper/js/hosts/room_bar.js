// What a page in a room says of it: its letters, how many are here, whether the page follows, and the ways out; to its teacher
// also what the class answered. Nothing in it is drawn anew, so the focus stays where it is.
import { copyText } from "../view/copying.js";
import { element, KEPT } from "../view/dom.js";

const fillBlanks = (sentence, blanks) => sentence.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);

export const roomFault = ({ fault, about }, says) => fillBlanks(says[`fault_${fault}`] ?? says.fault_nonsense, { letters: about });

const standingOf = ({ role, lost, elsewhere, shut, paused, away }, says) => {
  if (lost) return says.lost;
  if (role === "lead") return elsewhere ? says.elsewhere : paused ? says.paused : shut ? says.shut : says.leading;
  return paused ? says.resting : away ? says.away : says.following;
};

// `wording` gives the words, which change with the language.
export function createRoomBar(root, room, wording) {
  const button = (name, act) => {
    const made = element("button", { type: "button", onclick: () => act(made) });
    made.dataset.testid = `room-${name}`;
    return made;
  };
  const title = element("span", { className: "title" }), letters = element("b", { ...KEPT, className: "letters" });
  const standing = element("span", { className: "standing" }), here = element("span", { className: "count" }), answers = element("div", { className: "answers" });
  const acts = {
    back: button("back", room.comeBack), around: button("around", room.lookAround), claim: button("claim", room.claim),
    pause: button("pause", () => room.pause(!room.told().paused)), link: button("link", copyRoom),
    leave: button("leave", room.leave), end: button("end", room.end), close: button("close", room.forgive),
  };
  standing.setAttribute("role", "status");
  for (const [node, name] of [[letters, "letters"], [standing, "standing"], [here, "here"], [answers, "answers"]]) node.dataset.testid = `room-${name}`;
  root.append(element("div", { className: "line" }, title, letters, standing, here, ...Object.values(acts)), answers);

  async function copyRoom(made) {
    const says = wording();
    if (await copyText(made, room.address(), says.link_field)) made.textContent = says.copied;
    setTimeout(() => draw(room.told()), 2500);
  }

  function draw(state) {
    const says = wording(), { role, away, paused, elsewhere, fault } = state, inside = role !== "";
    document.documentElement.toggleAttribute("data-room", inside || fault !== "");
    root.dataset.role = role;
    title.textContent = inside ? says.room : "";
    letters.textContent = state.letters;
    putText(standing, inside ? standingOf(state, says) : fault && roomFault(state, says));
    here.textContent = inside ? fillBlanks(says.here, { count: state.here.toLocaleString("en") }) : "";
    const shown = {
      back: role === "follow" && away && !paused, around: role === "follow" && !away && !paused, leave: role === "follow",
      claim: role === "lead" && elsewhere, pause: role === "lead" && !elsewhere, link: role === "lead", end: role === "lead", close: !inside && fault !== "",
    };
    const labels = { back: says.come_back, around: says.look_around, claim: says.lead_here, pause: paused ? says.go_on : says.pause, link: says.link, leave: says.leave, end: says.end, close: says.close };
    for (const [name, made] of Object.entries(acts)) {
      made.hidden = !shown[name];
      putText(made, labels[name]);
    }
    drawAnswers(answers, role === "lead" ? state : null, says);
  }

  return room.follow(draw);
}

function putText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Of the question that the teacher's own page asks, else of the one that was answered last.
function drawAnswers(place, state, says) {
  const asked = state?.ask, question = asked?.question ?? Object.keys(state?.answers ?? {}).at(-1), counts = state?.answers[question] ?? {};
  const names = [...new Set([...Object.keys(asked?.options ?? {}), ...Object.keys(counts)])], total = names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  place.hidden = !question;
  if (!question) return place.replaceChildren();
  place.replaceChildren(element("span", { className: "answered", textContent: total ? fillBlanks(says.answered, { count: total }) : says.unanswered }), ...names.map((name) => {
    const count = counts[name] ?? 0, bar = element("i", { style: `--share: ${total ? count / total : 0}` });
    return element("span", { className: "option" }, element("span", { textContent: asked?.options?.[name] ?? name }), bar, element("b", { textContent: `${count}` }));
  }));
}
