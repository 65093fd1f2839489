// A text in a box of one line: each line break is a sign there, as on the strip of tokens; Python reads it as one, too.
export const BREAK = "↵";

export const textIn = (box) => box.value.replaceAll(BREAK, "\n");

export const forBox = (text) => text.replaceAll("\n", BREAK);
