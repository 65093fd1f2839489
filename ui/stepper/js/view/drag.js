// A hand that drags something: how far in pixels from where it took hold.

const SLACK = 3; // px of a hand that only clicks

// Of what lies in a node: `begin` says whether there is something to drag; `pull` hears how far, `end` whether the hand
// has moved at all.
export function listenToDrags(node, signal, { begin, pull, end }) {
  node.addEventListener("pointerdown", (event) => {
    if (event.button || !begin(event)) return;
    const { clientX, clientY, pointerId, target } = event, hand = new AbortController();
    let moved = false;
    event.preventDefault();
    target.setPointerCapture(pointerId);
    target.addEventListener("pointermove", (now) => {
      const across = now.clientX - clientX, down = now.clientY - clientY;
      moved ||= Math.hypot(across, down) > SLACK;
      if (moved) pull(across, down);
    }, { signal: hand.signal });
    for (const over of ["pointerup", "pointercancel"]) target.addEventListener(over, () => {
      hand.abort();
      end(moved);
    }, { signal: hand.signal });
  }, { signal });
}
