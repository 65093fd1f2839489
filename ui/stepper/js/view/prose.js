// The tokens once more, as a text to be read: the present one marked, a click on any goes there.
import { element } from "./dom.js";

export function createProse(root, signal, dispatch) {
  const panel = root.querySelector(".prose");
  let places = [], marked = null, passed = 0;
  panel.addEventListener("click", ({ target }) => {
    const t = places.indexOf(target);
    if (t >= 0) dispatch({ type: "go", t, halt: true });
  }, { signal });

  return {
    build({ message: { tokens, first, own, prose }, covered }) {
      panel.hidden = prose === null;
      const isOwn = (t) => own !== null && first + t > own, nameOf = (token, t) => (covered(t) && isOwn(t) ? "?" : token);
      places = panel.hidden ? [] : tokens.map(nameOf).map((token, t) => element("span", {
        textContent: prose ? `${token}${prose}` : token.replace("␣", " ").replace("↵", "↵\n"),
        className: isOwn(t) ? "own ahead" : "",
      }));
      panel.replaceChildren(...places);
      passed = 0;
    },
    draw(_, { t }) {
      if (panel.hidden) return;
      // What the network writes itself appears as it is written.
      for (let at = Math.min(t, passed); at <= Math.max(t, passed); at++) {
        const { classList } = places[at];
        classList.toggle("ahead", at > t && classList.contains("own"));
      }
      passed = t;
      marked?.removeAttribute("aria-current");
      marked = places[t];
      marked.setAttribute("aria-current", "step");
      panel.scrollTop = marked.offsetTop - marked.offsetHeight; // below the line before it
    },
  };
}
