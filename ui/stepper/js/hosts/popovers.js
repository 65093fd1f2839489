// Popovers of a Streamlit page. One that the keyboard opens takes the focus: Streamlit leaves it on the button, from where
// the next Tab closes what was opened. Escape gives it back.
const BUTTON = "[data-testid=stPopoverButton]", BODY = "[data-testid=stPopoverBody]";
const TABBABLE = "input:not([disabled]):not([type=hidden]), button:not([disabled]), select, textarea, a[href], [tabindex='0']";
const FRAMES = 60; // in which what was opened is looked for
const watched = new WeakSet();

export function listenToPopovers(page = document) {
  if (watched.has(page)) return;
  watched.add(page);

  function enterBody(frames) {
    const first = page.querySelector(BODY)?.querySelector(TABBABLE);
    if (first) first.focus();
    else if (frames) requestAnimationFrame(() => enterBody(frames - 1));
  }

  page.addEventListener("keyup", ({ key, target }) => {
    if ((key === "Enter" || key === " ") && target.closest?.(BUTTON)?.ariaExpanded === "true") enterBody(FRAMES);
  }, { capture: true });
  page.addEventListener("keydown", (event) => {
    const button = event.key === "Escape" && event.target.closest?.(BODY) && page.querySelector(`${BUTTON}[aria-expanded=true]`);
    if (button) setTimeout(() => button.focus()); // once it is closed
  }, { capture: true });
}
