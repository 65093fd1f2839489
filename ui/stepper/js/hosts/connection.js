// Whether the server is there. Streamlit marks it on the page and connects again by itself; meanwhile the page goes on with
// what it has, and asks for its view anew once the server is back, which may have forgotten it.
const APP = "[data-testid=stApp]", STATE = "data-test-connection-state";
const TYPED_INTO = ".st-key-text input"; // Streamlit shuts all boxes meanwhile: what is typed here the page reads by itself

// `tell` hears "lost" and "back".
export function watchConnection(tell) {
  const app = document.querySelector(APP);
  let lost = false, typedInto = null; // the box that has the focus

  function look() {
    const there = app.getAttribute(STATE) === "CONNECTED";
    if (!there) keepOpen(document.querySelector(TYPED_INTO));
    if (there === !lost) return;
    lost = !there;
    tell(lost ? "lost" : "back");
    if (there) setTimeout(() => dispatchEvent(new PopStateEvent("popstate", { state: history.state })));
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
  observer.observe(app, { attributes: true, attributeFilter: [STATE] });
  look();
  return () => {
    watch.abort();
    observer.disconnect();
  };
}
