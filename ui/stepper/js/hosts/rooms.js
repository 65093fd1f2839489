// The room in which this page follows a teacher, or leads a class. It outlives the parts of the page, which ask for it by
// roomOfPage().
//
// Who shows a question says so by asks({ question, options: { name: label } }), null when it is gone; who has an answer to it
// dispatches on the window "gates:answer" with the detail { question, option }: in a room it counts, once a browser. Names of
// questions and options have at most 80 letters; a question's is the same on every page that shows it.
import { isThere, STANDING, textToRead, toAsk, toAway, toBack, toHere, toPlace, toRead, viewKey, whatNext } from "../core/following.js";
import { onceOnPage } from "./once.js";
import { askServer, appBase, createNewest, listenToServer } from "./wire.js";

const NO_ROOM = { role: "", letters: "", here: 0, paused: false, lost: false, elsewhere: false, shut: false, answers: {} };
const STORED = "gates.room"; // of the tab: the room that it is in; of the browser: its random name there
const AGAIN = 2000; // ms until what did not arrive is sent once more

export const roomOfPage = () => onceOnPage("room", createRoom);

const randomName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function createRoom() {
  const tab = randomName(), drawers = new Set();
  let known = null; // tells that the app's own address is known
  const based = new Promise((tell) => (known = tell));
  let state = { ...NO_ROOM, fault: "", about: "", ask: null }, following = STANDING;
  let secret = "", browser = "", base = null, pages = [], report = null, open = null, stepper = null, reads = null, moving = false, resting = false;

  function set(change) {
    state = { ...state, ...change };
    for (const draw of drawers) draw(told());
  }

  const told = () => ({ ...state, away: following.away });
  const server = (end = "") => `${base}/room${end}`;
  const leads = () => state.role === "lead" && !state.elsewhere;
  const post = (body, headers) => askServer(server(`/${state.letters}`), { body: { tab, ...body }, headers });
  const asTeacher = (body) => post(body, { "X-Room-Secret": secret });

  // ------------------------------------------------------------------------------------------- in and out

  function enterRoom(role, letters, key = "") {
    leave();
    [secret, following] = [key, { ...STANDING, here: following.here, asks: following.asks }];
    browser = browserName(letters);
    keepKept("sessionStorage", { letters, secret });
    set({ ...NO_ROOM, role, letters, fault: "", about: "" });
    writeRoom(letters);
    open = new AbortController();
    const headers = role === "lead" ? { "X-Room-Secret": secret } : { "X-Room-Browser": browser };
    listenToServer(server(`/${letters}/events`), headers, open.signal, { heard, lost: (lost) => set({ lost }), refused });
    if (role === "lead") claim();
  }

  function join(letters) {
    const name = letters.trim().toUpperCase();
    if (/^[A-Z]{4}$/.test(name)) enterRoom("follow", name);
    else set({ fault: "letters", about: name });
  }

  function leave() {
    open?.abort();
    open = null;
    secret = "";
    keepKept("sessionStorage", null);
    if (state.role) writeRoom("");
    set(NO_ROOM);
  }

  function refused(fault) {
    const { letters } = state;
    leave();
    set({ fault, about: letters });
  }

  function heard({ here, paused, ended, place, leads: leading = "", answers = {} }) {
    if (ended) return refused("ended");
    const goesOn = state.paused && !paused;
    set({ here, paused, answers, elsewhere: leading !== "" && leading !== tab });
    if (state.role === "lead") return;
    following = toPlace(following, place);
    if (goesOn && !following.away) following = toBack(following);
    act();
  }

  // ------------------------------------------------------------------------------------------- following

  function act() {
    const next = state.paused || state.role !== "follow" ? "" : whatNext(following);
    if (next === "go") go(following.place);
    if (next !== "ask" || !pages.includes(following.place.page)) return;
    const text = textToRead(following);
    if (text !== null && reads?.(text)) {
      following = toRead(following);
    } else {
      following = toAsk(following);
      ask();
    }
  }

  function ask() {
    const { place: { page, query }, asks } = following;
    setTimeout(() => report("view", { page, query, ask: asks })); // not while a part of the page is put in its place
  }

  function go({ step, unit, operation }) {
    const { message } = stepper?.shown() ?? {}, player = stepper?.player();
    if (!message || (player.t === step - message.first && player.unit === unit - 1 && player.operation === operation)) return;
    moving = true;
    stepper.dispatch({ type: "go", t: step - message.first, unit: unit - 1, halt: true });
    if (operation !== null) stepper.dispatch({ type: "operation", operation });
    moving = false;
  }

  function stray() {
    if (state.role !== "follow" || following.away || moving || state.paused) return;
    following = toAway(following);
    set({});
  }

  function stands(key, answered) {
    const before = following.away;
    following = toHere(following, key, answered);
    if (state.paused) following = { ...following, away: before };
    set({});
    act();
  }

  // ------------------------------------------------------------------------------------------- leading

  const sendPlace = createNewest(async () => {
    const place = leads() && !state.paused && teachersPlace(stepper);
    if (!place) return 0;
    const { fault } = await asTeacher({ act: "lead", place });
    if (fault === "network" || fault === "too_often") return AGAIN;
    if (fault === "elsewhere") set({ elsewhere: true });
    else if (fault) refused(fault);
    return 0;
  });

  function lead() {
    if (!leads()) return;
    const shut = Boolean(stepper?.shown()?.message.linkless);
    if (shut !== state.shut) set({ shut });
    if (!shut) sendPlace();
  }

  async function claim() {
    const { fault } = await asTeacher({ act: "claim" });
    if (fault && fault !== "network") return refused(fault);
    set({ elsewhere: false });
    lead();
  }

  async function pause(on) {
    const { fault } = await asTeacher({ act: "pause", on });
    if (fault) return set(fault === "elsewhere" ? { elsewhere: true } : {});
    set({ paused: on });
    lead();
  }

  const sendAnswer = createNewest(async ({ question, option }) => {
    if (state.role !== "follow") return 0;
    const { fault } = await post({ act: "answer", question, option }, { "X-Room-Browser": browser });
    return fault === "network" || fault === "too_often" ? AGAIN : 0;
  });

  window.addEventListener("gates:answer", ({ detail }) => state.role === "follow" && sendAnswer({ question: `${detail.question}`, option: `${detail.option}` }));

  return {
    told,
    follow(draw) {
      drawers.add(draw);
      draw(told());
      return () => drawers.delete(draw);
    },
    // The page as Python draws it: its name, that in an address, those that can be followed to, and
    // which ask it has answered. `tell` is the way back; `fresh` where it is a new one.
    page({ page, path, follows, answered }, tell, fresh) {
      [report, pages] = [tell, follows];
      if (base === null) {
        base = appBase(location.pathname, path);
        known();
        begin();
      }
      writeRoom(state.letters);
      setTimeout(() => {
        if (!follows.includes(page)) {
          stepper = reads = null;
          stands(viewKey(page, ""), answered);
        }
        if (fresh && following.asked?.arrived === null && following.asked.number !== answered) ask();
      });
    },
    // A stepper shows a run that came from the server; `own` says whether its page reads a text by itself, and has it do so.
    shows(one, { page, link, answered }, own) {
      if (stepper !== one) one.follow((player, before) => {
        if (one !== stepper || !["t", "unit", "operation", "playing"].some((name) => player[name] !== before[name])) return;
        stray();
        lead();
      });
      [stepper, reads] = [one, own];
      stands(viewKey(page, link), answered);
      lead();
    },
    changed: lead,
    asks: (ask) => set({ ask }),
    // Whether the reader is taken along: where nothing on the page hangs on the step, Python needn't hear of it.
    quiet: (message) => state.role === "follow" && !following.away && !state.paused && !message.foldable && isThere(following),
    async there() {
      await based;
      const { said, fault } = await askServer(server());
      return said?.rooms ? "" : fault ?? "none";
    },
    async open() {
      const { said, fault } = await askServer(server(), { body: {} });
      if (said) enterRoom("lead", said.letters, said.secret);
      else set({ fault, about: "" });
    },
    join, leave, pause, claim,
    async end() {
      const { letters } = state;
      await asTeacher({ act: "end" });
      if (letters === state.letters) leave();
    },
    lookAround() {
      following = toAway(following);
      set({});
    },
    comeBack() {
      following = toBack(following);
      set({});
      act();
    },
    forgive: () => set({ fault: "", about: "" }),
    address: () => new URL(`${base}/?room=${state.letters}`, location.href).href,
  };

  // A tab that was in a room comes back to it; a link leads into one.
  function begin() {
    const kept = readKept("sessionStorage"), asked = new URLSearchParams(location.search).get("room");
    if (kept && (!asked || asked.toUpperCase() === kept.letters)) enterRoom(kept.secret ? "lead" : "follow", kept.letters, kept.secret);
    else if (asked) join(asked);
  }
}

function teachersPlace(stepper) {
  if (!stepper?.shown() || stepper.signal.aborted || stepper.shown().message.linkless) return null;
  const { message: { page, first } } = stepper.shown(), { t, unit, operation } = stepper.player(), query = stepper.query();
  for (const name of ["file", "lang", "theme"]) query.delete(name);
  return { page, query: `${query}`, step: first + t, unit: unit + 1, operation };
}

// In the address, so that it can be handed on and survives a reload; Streamlit drops it with each change of the page.
function writeRoom(letters) {
  const query = new URLSearchParams(location.search);
  if ((query.get("room") ?? "") === letters) return;
  if (letters) query.set("room", letters);
  else query.delete("room");
  history.replaceState(history.state, "", `${location.pathname}${query.size ? "?" : ""}${query}${location.hash}`);
}

// What is kept may be refused, as in a frame of another site: the room then lasts as long as the page.
function keepKept(storage, value) {
  try {
    if (value === null) window[storage].removeItem(STORED);
    else window[storage].setItem(STORED, JSON.stringify(value));
  } catch {
    // nothing is lost but the way back after a reload
  }
}

function readKept(storage) {
  try {
    return JSON.parse(window[storage].getItem(STORED));
  } catch {
    return null;
  }
}

// A name for one room, in no way connected with that for another; all tabs of a browser have the same.
function browserName(letters) {
  const kept = readKept("localStorage");
  if (kept?.letters === letters) return kept.name;
  const name = randomName();
  keepKept("localStorage", { letters, name });
  return name;
}
