// The stepper's code, which a page is sent once. The first that came stays, for it knows what is mounted.
import { onceOnPage } from "./once.js";

export const codeShelf = () => onceOnPage("code", () => ({ mount: null, waiting: new Set() }));
