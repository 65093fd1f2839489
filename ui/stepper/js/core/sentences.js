// Sentences with {blanks}.
export const fillIn = (sentence, blanks) => sentence.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);
