// The bar of the room that a Streamlit page is in; of its parts the first to come.
import { createRoomBar } from "./room_bar.js";
import { roomOfPage } from "./rooms.js";

const bars = new WeakMap();

export default function mountRoom({ parentElement, data, setTriggerValue }) {
  const room = roomOfPage();
  let bar = bars.get(parentElement);
  const fresh = !bar?.root.isConnected;
  if (fresh) {
    const root = Object.assign(document.createElement("div"), { className: "roombar" });
    root.dataset.testid = "room-bar";
    parentElement.append(root);
    bars.set(parentElement, (bar = { root, words: data.words }));
    bar.forget = createRoomBar(root, room, () => bar.words);
  }
  bar.words = data.words;
  room.page(data, setTriggerValue, fresh);
  return () => setTimeout(() => bar.root.isConnected || bar.forget());
}
