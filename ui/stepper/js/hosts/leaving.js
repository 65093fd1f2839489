// How a reader leaves a page by its links: the session hears first of her text, and of nothing after that, since Streamlit
// empties the next page where the last one tells something yet.
const WAYS = "[data-testid=stPageLink] a"; // to other pages, and to the present one

// `before` is given what is to be done once the session has heard of the text, which it has not where that is `staged`.
export function createLeaving(signal, { staged = () => false, before } = {}) {
  let away = false, following = false;

  function follow(event) {
    const way = event.target.closest?.(WAYS);
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (following || !staged()) {
      away = !way.matches("[aria-current]");
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    before(() => {
      following = true;
      way.click();
      following = false;
    });
  }

  document.addEventListener("click", follow, { signal, capture: true });

  return {
    away: () => away,
    stays: () => (away = false),
  };
}
