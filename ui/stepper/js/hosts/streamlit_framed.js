// What is said where a file would be refused: in a frame of another site, to which the browser gives no cookies, and without
// the server's cookie it takes no file. In a tab of its own the same view can take one.
import { element } from "../view/dom.js";
import { sharedAddress } from "./address.js";

export default function mountFramed({ parentElement, data: { words: told } }) {
  const refused = window.parent !== window && !document.cookie.includes("_streamlit_xsrf");
  const link = element("a", { target: "_blank", rel: "noopener", textContent: told.open, href: sharedAddress(location.search) });
  link.addEventListener("click", () => (link.href = sharedAddress(location.search)));
  parentElement.replaceChildren(...(refused ? [element("p", { className: "framed" }, told.says, " ", link)] : []));
}
