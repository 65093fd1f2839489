// Whether the server is there. Streamlit marks it on the page and connects again by itself; meanwhile the page goes on with
// what it has, and asks for its view anew once the server is back, which may have forgotten it.
const APP = "[data-testid=stApp]", STATE = "data-test-connection-state";
const UNHEARD = 4000; // ms after which a server that does not answer is away
const ANEW = 1500; // ms until one that was away is asked again
const TYPED_INTO = ".st-key-text input"; // Streamlit shuts all boxes meanwhile: what is typed here the page reads by itself

// `tell` hears "lost" and "back"; `health()` is the path at which the server says that it is there.
export function watchConnection(tell, health) {
  const app = document.querySelector(APP);
  let lost = false, typedInto = null; // the box that has the focus
  let cut = false, silent = false; // since when it was last there: the line is down; nothing comes through it
  let timer = 0;

  function look() {
    const there = app.getAttribute(STATE) === "CONNECTED", away = !there || silent;
    if (!there) {
      cut = true;
      keepOpen(document.querySelector(TYPED_INTO));
    }
    if (away === lost) return;
    lost = away;
    tell(lost ? "lost" : "back");
    if (lost || !cut) return;
    cut = false;
    setTimeout(() => dispatchEvent(new PopStateEvent("popstate", { state: history.state })));
  }

  // A network that goes takes down no line for minutes. The browser hears of it, but not whether this server needs it.
  async function ask() {
    clearTimeout(timer);
    silent = !(await healthy(health()));
    if (watch.signal.aborted) return;
    look();
    if (silent) timer = setTimeout(ask, ANEW);
  }

  function keepOpen(box) {
    if (!box?.disabled) return;
    box.disabled = false;
    if (box === typedInto) requestAnimationFrame(() => box.focus());
  }

  const watch = new AbortController(), observer = new MutationObserver(look);
  // A box that is shut loses the focus, which says nothing of its reader.
  document.addEventListener("focusin", ({ target }) => (typedInto = target.matches(TYPED_INTO) ? target : null), { signal: watch.signal });
  document.addEventListener("focusout", ({ target }) => target.disabled || (typedInto = null), { signal: watch.signal });
  for (const change of ["offline", "online"]) addEventListener(change, ask, { signal: watch.signal });
  observer.observe(app, { attributes: true, attributeFilter: [STATE] });
  look();
  return () => {
    clearTimeout(timer);
    watch.abort();
    observer.disconnect();
  };
}

const healthy = (path) => fetch(path, { cache: "no-store", signal: AbortSignal.timeout(UNHEARD) }).then(({ ok }) => ok, () => false);
