// Where the reader is in the stepper beside a lesson, as it stands on the page: { step, token, unit }.

const PLACES = { step: "[data-testid=step-number]", token: ".stepper .token[aria-current=step] .name", unit: "[data-testid=unit-name]" };

export const readerPlace = () => Object.fromEntries(Object.entries(PLACES).map(([name, where]) => [name, document.querySelector(where)?.textContent ?? ""]));
