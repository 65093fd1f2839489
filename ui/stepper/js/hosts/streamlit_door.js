// Where a teacher opens a room, and others come in by its four letters.
import { element } from "../view/dom.js";
import { roomFault } from "./room_bar.js";
import { roomOfPage } from "./rooms.js";

const doors = new WeakMap();

// `opens` where a room can be opened here, too.
export default function mountDoor({ parentElement, data: { words: says, opens } }) {
  const room = roomOfPage();
  doors.get(parentElement)?.();
  const open = element("button", { type: "button", className: "open", textContent: says.open, onclick: room.open });
  const box = element("input", { maxLength: 8, size: 6, autocomplete: "off", spellcheck: false, translate: false, placeholder: "BCDF" });
  const comeIn = element("button", { textContent: says.join });
  const form = element("form", {}, element("label", {}, element("span", { textContent: says.letters }), box), comeIn);
  const told = element("p", { className: "told" }), root = element("div", { className: "roomdoor" }, ...(opens ? [open] : []), form, told);
  for (const [node, name] of [[open, "open"], [box, "box"], [comeIn, "join"], [told, "told"]]) node.dataset.testid = `door-${name}`;
  box.setAttribute("autocapitalize", "characters");
  told.setAttribute("role", "alert");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    room.join(box.value);
  });
  parentElement.replaceChildren(root);

  let none = "";
  const draw = (state) => {
    for (const part of [open, box, comeIn]) part.disabled = none !== "" || state.role !== "";
    root.hidden = none === "none" && !opens; // who only wants to learn needn't hear of it
    told.textContent = none ? roomFault({ fault: none, about: "" }, says) : state.fault ? roomFault(state, says) : "";
  };
  const forget = room.follow(draw);
  doors.set(parentElement, forget);
  room.there().then((fault) => {
    none = fault;
    draw(room.told());
  });
  return () => setTimeout(() => root.isConnected || forget());
}
