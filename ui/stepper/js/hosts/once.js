// Each component of a Streamlit page is a module of its own, and comes and goes with runs of the script: what they share is made
// once, and stands on the page.
export const onceOnPage = (name, create) => (globalThis[Symbol.for(`gates.${name}`)] ??= create());
