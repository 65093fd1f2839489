// A page of a lesson: what it shows, what to do, a question, and the ways to the other pages.
//
// A host gives `marks` (what was answered before, and what still stands there), `here()` ({ step, token, unit } where the reader
// is in the stepper) and `tell(question, option)` for a class's histogram, `uncover()` for what comes next once it is answered.
// Whoever shows the panel sets `go(page, finished)`, 0 to leave the lesson.
import { createCurve } from "./curve.js";
import { element, termElement } from "./dom.js";

// A node of the diagram is drawn, and what is drawn has no outline.
const RIM_OF_NODE = ".rim", RINGED_NODE = "stroke: var(--ring); stroke-width: 5px", RINGED = "outline: 3px solid var(--ring); outline-offset: var(--ring-offset, 3px); border-radius: 6px";

export function createLesson(host) {
  const controller = new AbortController(), { signal } = controller;
  const root = element("aside", { className: "lesson" }), rings = element("style");
  const title = element("b"), pages = element("select", { className: "pages" }), close = element("button", { type: "button", textContent: "✕" }), fold = element("button", { type: "button", className: "fold", textContent: "▾" });
  const changed = element("p", { className: "changed" }), strayed = element("span"), again = element("button", { type: "button", className: "again" });
  const says = element("p", { className: "says" }), look = element("p", { className: "do" });
  const question = element("div", { className: "question" }), score = element("p", { className: "score" });
  const back = element("button", { type: "button" }), next = element("button", { type: "button", className: "on" }), place = element("span", { className: "place" });
  const panel = { root, accept, go: () => {}, dispose };
  let shown = null;

  Object.assign(root.dataset, { testid: "lesson" });
  Object.assign(next.dataset, { testid: "lesson-next" });
  Object.assign(back.dataset, { testid: "lesson-back" });
  changed.setAttribute("role", "status");
  changed.append(strayed, " ", again);
  root.append(
    element("header", {}, title, fold, close), pages, changed,
    element("div", { className: "page", tabIndex: -1 }, says, look, question, score),
    element("footer", {}, back, place, next), rings,
  );
  close.addEventListener("click", () => panel.go(0), { signal });
  fold.addEventListener("click", () => {
    const folded = root.classList.toggle("folded");
    fold.setAttribute("aria-expanded", String(!folded));
    fold.textContent = folded ? "▴" : "▾";
  }, { signal });
  again.addEventListener("click", () => panel.go(shown.page), { signal });
  back.addEventListener("click", () => panel.go(shown.page - 1), { signal });
  next.addEventListener("click", () => panel.go(...(shown.page === shown.pages.length ? [0, true] : [shown.page + 1])), { signal });
  pages.addEventListener("change", () => panel.go(Number(pages.value)), { signal });

  function accept(message) {
    const before = shown, { told } = message;
    shown = message;
    root.setAttribute("aria-label", message.title);
    title.textContent = message.title;
    close.title = told.close;
    close.setAttribute("aria-label", told.close);
    fold.setAttribute("aria-label", told.fold);
    changed.hidden = !message.changed;
    question.hidden = Boolean(message.changed); // it asks of the lesson's own view
    strayed.textContent = message.changed;
    again.textContent = told.again;
    fillWith(says, message.parts.says);
    fillWith(look, message.parts.look);
    rings.textContent = message.rings.map((one) => `${one} { ${one.endsWith(RIM_OF_NODE) ? RINGED_NODE : RINGED} }`).join("\n");
    back.textContent = told.back;
    back.disabled = message.page === 1;
    next.textContent = message.page === message.pages.length ? told.end : told.next;
    place.textContent = `${message.page} / ${message.pages.length}`;
    drawPages();
    // The page of a question that is being answered stays as it is while its view is drawn anew.
    const same = before?.lesson === message.lesson && before.page === message.page;
    if (!same || JSON.stringify(before.ask) !== JSON.stringify(message.ask) || before.fault !== message.fault) drawQuestion();
    drawScore();
    if (before && !same) root.querySelector(".page").scrollTop = 0;
  }

  function drawPages() {
    const done = host.marks.of(shown.lesson);
    pages.setAttribute("aria-label", shown.told.pages);
    pages.replaceChildren(...shown.pages.map(({ name, title: called, asks }, at) => {
      const mark = !asks ? "" : name in done ? (done[name] ? " ✓" : " ✗") : " ○";
      return element("option", { value: at + 1, textContent: `${at + 1} · ${called}${mark}`, selected: at + 1 === shown.page });
    }));
  }

  // On the last page: for the reader herself alone.
  function drawScore() {
    const done = Object.values(host.marks.of(shown.lesson)), all = shown.pages.filter(({ asks }) => asks).length;
    score.hidden = !all || shown.page < shown.pages.length;
    score.textContent = shown.told.score.replace("{right}", done.filter(Boolean).length).replace("{all}", all);
  }

  function drawQuestion() {
    const { ask, told, fault, lesson, pages: all, page } = shown, { name } = all[page - 1];
    const asked = JSON.stringify([lesson, name, ask?.right, ask?.options?.map((one) => one.name)]), given = host.marks.given(asked);
    question.replaceChildren();
    if (!ask) return fault && question.append(element("p", { className: "reply", textContent: fault }));
    const reply = element("p", { className: "reply" });
    reply.setAttribute("role", "status");
    const asks = element("p", { className: "asks" });
    fillWith(asks, ask.asks);
    if (shown.covered) question.append(element("p", { className: "covered", textContent: told.covered }));
    question.prepend(asks);
    const { node, take } = SHAPES[ask.shape](ask, told, host.here, answer);
    question.append(node, reply);
    // What is covered again is asked again.
    if (given && !shown.covered) say(...given);

    function say(option, called) {
      const [right, says] = take(option, called);
      reply.classList.toggle("right", right);
      reply.textContent = `${right ? "✓" : "✗"} ${says}`;
      return right;
    }

    function answer(option, called) {
      host.marks.put(lesson, name, say(option, called));
      host.marks.give(asked, [option, called]);
      host.uncover();
      question.querySelector(".covered")?.remove();
      host.tell(`${lesson}.${name}`, option);
      drawPages();
      drawScore();
    }
  }

  function dispose() {
    controller.abort();
  }

  return panel;
}

function fillWith(node, parts) {
  node.hidden = parts.length === 0;
  node.replaceChildren(...parts.map(([text, means]) => (means ? termElement(text, means) : text)));
}

// How each kind of question is answered: { node, take }. The node calls `answer(option, called)`; `take` shows that as answered,
// and gives whether it is right and what is said.
const SHAPES = {
  choice: ({ options, right, replies }, told, here, answer) => {
    const node = element("div", { className: "options" });
    node.setAttribute("role", "group");
    node.append(...options.map(({ name, label }) => {
      const button = element("button", { type: "button", textContent: label });
      button.dataset.option = name;
      button.addEventListener("click", () => answer(name, label));
      return button;
    }));
    return {
      node,
      take(option) {
        for (const one of node.children) one.setAttribute("aria-pressed", String(one.dataset.option === option));
        return [option === right, replies[option]];
      },
    };
  },
  token: (ask, told, here, answer) => placeShape(ask, told.this_token, () => {
    const { step, token } = here();
    return [String(step), `${token} (${step})`];
  }, answer),
  unit: (ask, told, here, answer) => placeShape(ask, told.this_unit, () => {
    const { unit } = here();
    return [unit, unit];
  }, answer),
  curve: ({ curve, replies }, told, here, answer) => {
    const drawing = createCurve(curve, told), show = element("button", { type: "button", textContent: told.show });
    show.addEventListener("click", () => answer("drawn", drawing.drawn()));
    return {
      node: element("div", { className: "options" }, drawing.node, show),
      take(option, drawn) {
        const off = drawing.compare(drawn);
        show.disabled = true;
        return [off < 0.1, replies.curve.replace("{off}", off.toFixed(2))];
      },
    };
  },
};

// The place where the reader is in the stepper is her answer.
function placeShape({ right, replies }, label, place, answer) {
  const button = element("button", { type: "button", textContent: label }), taken = element("output");
  button.addEventListener("click", () => answer(...place()));
  return {
    node: element("div", { className: "options" }, button, taken),
    take(option, called) {
      taken.textContent = called;
      return [option === right, replies[option === right ? "right" : "wrong"]];
    },
  };
}
