// A training on the server of this page: asked for by its recipe, told how far it is wanted, listened to, and let go.
//
// What its server gave a name stays in the tab: who leaves the page, or loads it anew, finds it again. A server that was
// started anew knows none of these names: the recipe is then asked for again, and goes to where it was, to the same weights.
import { onceOnPage } from "./once.js";
import { askServer, createNewest, listenToServer } from "./wire.js";

const IN_TAB = "gates.training"; // { browser: its random name, runs: { recipe: { id, until } } }
const MOST_RUNS = 8; // of which a tab remembers the names
const ONCE_MORE = 1500; // ms until a wish that did not arrive is sent once more
const AGAIN_FAULTS = new Set(["network", "too_often"]);

export async function trainingThere(base) {
  const { said, fault } = await askServer(`${base}/training`);
  return said?.training ? "" : fault ?? "none";
}

// `told` hears: heard(event), lost(on), refused(fault, says), renewed() when a recipe was asked for again.
export function createTrainingWire(base, recipe, told) {
  const at = (end = "") => `${base}/training${end}`, headers = { "x-training-browser": tabsName() };
  let { id = null, until = 0 } = readTab().runs[recipe] ?? {}, line = null, opening = null;

  async function open() {
    const { said, fault, says } = await askServer(at(), { body: { recipe }, headers });
    if (fault) return told.refused(fault, says);
    id = said.id;
    keep();
    listen();
  }

  // Once at a time, however often it is asked for.
  const opened = () => (id ? null : (opening ??= open().finally(() => (opening = null))));

  function listen() {
    line?.abort();
    line = new AbortController();
    listenToServer(at(`/${id}/events`), headers, line.signal, { heard: told.heard, lost: told.lost, refused: refusedBy(id) });
  }

  // What was said of another name than the present one is of no interest any more.
  const refusedBy = (name) => (fault) => {
    if (name !== id) return;
    if (fault === "gone") renew();
    else told.refused(fault);
  };

  function renew() {
    line?.abort();
    id = null;
    told.renewed();
    sendWish();
  }

  const post = (body) => askServer(at(`/${id}`), { body, headers });

  const sendWish = createNewest(async () => {
    await opened();
    if (!id) return 0;
    const name = id, { fault, says } = await post({ act: "want", until });
    if (AGAIN_FAULTS.has(fault)) return ONCE_MORE;
    if (fault === "gone") refusedBy(name)(fault);
    else if (fault) told.refused(fault, says);
    return 0;
  });

  function keep() {
    const kept = readTab(), others = Object.entries(kept.runs).filter(([name]) => name !== recipe);
    writeTab({ ...kept, runs: Object.fromEntries([...others, ...(id ? [[recipe, { id, until }]] : [])].slice(-MOST_RUNS)) });
  }

  return {
    known: () => id !== null,
    // Finds what the tab remembers of it.
    comeBack: () => id && listen(),
    want(update) {
      until = update;
      keep();
      sendWish();
    },
    async explain(after) {
      await opened();
      if (!id) return;
      until = after + 1;
      keep();
      const { fault, says } = await post({ act: "explain", after });
      if (fault && fault !== "gone") told.refused(fault, says);
      else sendWish();
    },
    // The weights of a look, null where they are kept no more.
    async weights(update) {
      if (!id) return null;
      const { said } = await askServer(at(`/${id}/weights/${update}`), { headers });
      return said ?? null;
    },
    leave() {
      line?.abort();
      if (id) post({ act: "leave" });
      id = null;
      keep();
    },
    // The page goes, the training does not.
    rest: () => line?.abort(),
  };
}

// All trainings of a tab are one reader's.
function tabsName() {
  const kept = readTab();
  if (kept.browser) return kept.browser;
  const browser = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  writeTab({ ...kept, browser });
  return browser;
}

// Storage may be refused, as in a frame of another site: then a name lasts as long as the page.
function tab() {
  return onceOnPage("trainings", () => ({ browser: "", runs: {} }));
}

function readTab() {
  try {
    return JSON.parse(sessionStorage.getItem(IN_TAB)) ?? tab();
  } catch {
    return tab();
  }
}

function writeTab(value) {
  Object.assign(tab(), value);
  try {
    sessionStorage.setItem(IN_TAB, JSON.stringify(value));
  } catch {
    // it is kept by the page
  }
}
