// What a Streamlit page does not say of its menu: that it is one, and which of its links leads to the page that is shown.
import { setAttr } from "../view/dom.js";

export function dressMenu({ path, words: says }, page = document) {
  const menu = page.querySelector(".st-key-menu");
  if (!menu) return;
  setAttr(menu, "role", "navigation");
  setAttr(menu, "aria-label", says.pages);
  for (const link of menu.querySelectorAll("[data-testid=stPageLink] a")) {
    if (link.getAttribute("href") === path) setAttr(link, "aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
