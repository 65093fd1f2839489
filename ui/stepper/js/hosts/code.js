// The stepper's code, which a page is sent once: each component of the page is a module of its own, so what they share
// hangs on the page. The first code that came stays, for it knows what is mounted.
export function codeShelf() {
  return (globalThis[Symbol.for("gates.code")] ??= { mount: null, waiting: new Set() });
}
