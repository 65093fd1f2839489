// What the marks of the diagram mean, unfolded by a hand and folded by the next one elsewhere.
export function createLegend(root, signal) {
  const legend = root.querySelector(".marks");

  // Whether it was open.
  function close() {
    const open = legend.open;
    legend.open = false;
    return open;
  }

  document.addEventListener("pointerdown", ({ target }) => legend.contains(target) || close(), { signal });
  return { close };
}
