// The view in the address, and in the browser's history: a choice is an entry of its own, which Back undoes; a step writes
// over the present one, and so does what comes without being asked for.
import { viewKey } from "../core/following.js";
import { onceOnPage } from "./once.js";

const BESIDE = ["embed", "embed_options", "room"]; // what is in the address and not in a view's link: Streamlit's, and the room
const BETWEEN = 300; // ms between two writings of a text that is being typed: browsers refuse too many

export const addressOfPage = () => onceOnPage("address", createAddress);

function createAddress() {
  let stretch = false; // whether the present entry is of the text that is being typed
  let coming = false; // whether Back or Forward has led to an entry whose view is not here yet
  let pending = null, timer = 0;

  const types = () => document.activeElement?.matches("input[type=text]") ?? false;
  addEventListener("popstate", () => {
    pending = null;
    coming = true;
  });
  document.addEventListener("focusout", () => {
    pending?.();
    stretch = false;
  }, { capture: true });

  // `chosen` where the view is another by the reader's hand.
  function write(query, chosen = true) {
    clearTimeout(timer);
    pending = null;
    if (coming) return;
    const next = asAddress(query);
    if (history.state?.view && next === location.pathname + location.search) return;
    const pushes = chosen && !stretch && history.state?.view && viewKey("", query) !== viewKey("", location.search);
    history[pushes ? "pushState" : "replaceState"]({ ...history.state, view: true }, "", next);
    stretch = (stretch || pushes) && types();
  }

  return {
    write,
    // Each key of a text that is being typed.
    type(queryOf) {
      if (!stretch) return write(queryOf());
      clearTimeout(timer);
      pending = () => write(queryOf());
      timer = setTimeout(() => pending?.(), BETWEEN);
    },
    // The view of an entry is here: `came` is the query that it answers.
    arrives(came) {
      if (came !== null && viewKey("", came) === viewKey("", location.search)) coming = false;
    },
    // A page that was opened without a view is an entry, too.
    mark: () => history.replaceState({ ...history.state, view: true }, ""),
  };
}

// An address that others are given: without the room of a class, which ends, the frame, and the name of the reader's own file.
export function sharedAddress(query) {
  const given = new URLSearchParams(query);
  for (const name of [...BESIDE, "file"]) given.delete(name);
  return new URL(`${location.pathname}?${given}`, location.href).href;
}

// In a frame on another page with what the frame was asked for.
function asAddress(query) {
  const asked = [...new URLSearchParams(location.search)].filter(([name]) => BESIDE.includes(name));
  return `${location.pathname}?${new URLSearchParams([...asked, ...query])}`;
}
