// Popovers of a Streamlit page. One that the keyboard opens takes the focus: Streamlit leaves it on the button, from where
// the next Tab closes what was opened. Escape gives it back.
const BUTTON = "[data-testid=stPopoverButton]", BODY = "[data-testid=stPopoverBody]";
const TABBABLE = "input:not([disabled]):not([type=hidden]), button:not([disabled]), select, textarea, a[href], [tabindex='0']";
const watched = new WeakSet();

export function listenToPopovers(page = document) {
  if (watched.has(page)) return;
  watched.add(page);

  const opener = () => page.querySelector(`${BUTTON}[aria-expanded=true]`);

  // What it holds may come from the server: it is looked for as long as it is open.
  function enterBody() {
    const first = page.querySelector(BODY)?.querySelector(TABBABLE);
    if (first) first.focus();
    else if (opener()) requestAnimationFrame(enterBody);
  }

  page.addEventListener("keyup", ({ key, target }) => {
    if ((key === "Enter" || key === " ") && target.closest?.(BUTTON)?.ariaExpanded === "true") enterBody();
  }, { capture: true });
  page.addEventListener("keydown", (event) => {
    const button = event.key === "Escape" && event.target.closest?.(BODY) && opener();
    if (button) setTimeout(() => button.focus()); // once it is closed
  }, { capture: true });
}
