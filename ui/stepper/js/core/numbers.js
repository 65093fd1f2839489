// How numbers are written: fixed decimals, a true minus sign, never a negative zero.

export const clamp = (value, count) => Math.max(0, Math.min(value, count - 1));

export function decimals(value, digits = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const digitsOf = value.toFixed(digits);
  return Number(digitsOf) === 0 ? digitsOf.replace("-", "") : digitsOf.replace("-", "−");
}

// All digits that float32 holds.
export const allDigits = (value) =>
  Number.isFinite(value) ? String(Number(value.toPrecision(7))).replace("-", "−") : decimals(value);

// x has no units: alone it is a number, else its length stands for it.
export const lengthOf = (row) => (row.length === 1 ? decimals(row[0]) : `‖x‖ ${decimals(Math.hypot(...row))}`);
