// Brings a network to the page: a component that shows nothing. Streamlit sends it anew only when it has changed, and
// knows by itself what a page has lost.
import { keepNetwork } from "./networks.js";

const ID = 64; // letters of the id that the message begins with, before its JSON

export default function receive({ data }) {
  const decoder = new TextDecoder();
  keepNetwork(decoder.decode(data.subarray(0, ID)), () => JSON.parse(decoder.decode(data.subarray(ID))));
}
