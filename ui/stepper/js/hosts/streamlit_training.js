// Brings the weights along a network's training to the page: a component that shows nothing, as that of the network.
import { keepTraining } from "./networks.js";

const ID_LETTERS = 64; // of the id that the message begins with, before its JSON

export default function receiveTraining({ data }) {
  const decoder = new TextDecoder();
  keepTraining(decoder.decode(data.subarray(0, ID_LETTERS)), () => JSON.parse(decoder.decode(data.subarray(ID_LETTERS))));
}
