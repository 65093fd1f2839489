// A phone's keyboard, which lies over the page: while one types, the tokens stay in view above it, and the box that is typed in.
const ROOM_ABOVE = 8; // px

export function keepAboveKeyboard(root, signal, seen = window.visualViewport) {
  const strip = root.querySelector(".strip"), scrolls = () => document.querySelector("[data-testid=stMain]") ?? document.scrollingElement;

  function keep() {
    const box = document.activeElement;
    if (!box?.matches("input[type=text], textarea")) return;
    const hidden = strip.getBoundingClientRect().bottom + ROOM_ABOVE - (seen.offsetTop + seen.height);
    const most = box.getBoundingClientRect().top - seen.offsetTop - ROOM_ABOVE;
    if (Math.min(hidden, most) > 0) scrolls().scrollBy(0, Math.min(hidden, most));
  }

  for (const turn of ["resize", "scroll"]) seen?.addEventListener(turn, keep, { signal });
}
