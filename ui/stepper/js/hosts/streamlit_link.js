// A button that copies the link of the view as others are given it: the stepper keeps the address up to date.
import { copyText } from "../view/copying.js";
import { element } from "../view/dom.js";
import { sharedAddress } from "./address.js";

const SAID_FOR = 2500; // ms

export default function mountLink({ parentElement, data: { words } }) {
  const button = element("button", { type: "button", textContent: words.link });
  button.addEventListener("click", async () => {
    if (await copyText(button, sharedAddress(location.search), words.link_field)) button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.link), SAID_FOR);
  });
  parentElement.replaceChildren(element("div", { className: "takeaway" }, button));
}
