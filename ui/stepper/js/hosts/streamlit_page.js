// What the browser does around every page: its language, its menu, where the focus goes, a button that goes through the
// colours, what is said of the connection, and what is printed.
import { element, setAttr, svgElement } from "../view/dom.js";
import { watchConnection } from "./connection.js";
import { dressMenu } from "./landmarks.js";
import { followPrinting } from "./paper.js";
import { listenToPopovers } from "./popovers.js";
import { schemeOfPage } from "./scheme.js";
import { appBase } from "./wire.js";

const SCHEMES = ["", "light", "dark"]; // "" as the system has it
const RAYS = [0, 45, 90, 135, 180, 225, 270, 315];
const HICCUP = 1000; // ms without a server of which nobody needs to hear
const GLAD = 6000; // ms for which it is said that it is back
const arounds = new WeakMap();

export default function mountAround({ parentElement, data, setTriggerValue }) {
  let around = arounds.get(parentElement);
  if (!around?.root.isConnected) {
    around = createAround();
    parentElement.append(around.root);
    arounds.set(parentElement, around);
  }
  around.report = setTriggerValue;
  around.accept(data);
  dressMenu(data);
  listenToPopovers();
  followPrinting();
  return () => setTimeout(() => around.root.isConnected || around.dispose());
}

function createAround() {
  const button = element("button", { type: "button", className: "scheme" }), told = element("p", { className: "connection" });
  const around = { root: element("div", {}, button, told), report: null, accept, dispose };
  let theme = "", path = "", says = {}, timer = 0;
  const forget = watchConnection(tell, () => `${appBase(location.pathname, path)}/_stcore/health`);
  button.dataset.testid = "scheme";
  told.dataset.testid = "connection";
  told.setAttribute("role", "status");
  button.addEventListener("click", () => {
    theme = SCHEMES[(SCHEMES.indexOf(theme) + 1) % SCHEMES.length];
    show();
    around.report("theme", theme);
  });

  function accept(data) {
    ({ theme, path, words: says } = data);
    setAttr(document.documentElement, "lang", data.lang);
    show();
  }

  function show() {
    schemeOfPage().choose(theme);
    for (const name of ["aria-label", "title"]) button.setAttribute(name, says[theme || "system"]);
    button.replaceChildren(schemePicture(theme));
  }

  function tell(news) {
    clearTimeout(timer);
    if (news === "lost") timer = setTimeout(() => (told.textContent = says.lost), HICCUP);
    else if (told.textContent) {
      told.textContent = says.back;
      timer = setTimeout(() => (told.textContent = ""), GLAD);
    }
  }

  function dispose() {
    clearTimeout(timer);
    forget();
  }

  return around;
}

// A sun, a moon, or a disc half of each.
function schemePicture(theme) {
  const svg = svgElement("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  const path = (d, attributes = {}) => svgElement("path", { d, ...attributes }, svg);
  if (theme === "dark") path("M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z");
  else svgElement("circle", { cx: 12, cy: 12, r: theme ? 4.5 : 8.5 }, svg);
  if (theme === "light") for (const turn of RAYS) path("M12 2v2.5", { transform: `rotate(${turn} 12 12)` });
  if (!theme) path("M12 3.5a8.5 8.5 0 0 1 0 17Z", { class: "full" });
  return svg;
}
