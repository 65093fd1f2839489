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

// A share, 0..1, in percent, with a decimal more where it is nearly none or all: as ui/text/numbers.py writes it.
export function percent(value) {
  if (!Number.isFinite(value)) return decimals(value);
  if (value === 0 || value === 1 || value < 0 || value > 1) return `${Math.floor(100 * value + 0.5)}\u00a0%`;
  const whole = Math.floor(100 * value + 0.5), tenths = Math.floor(100 * value * 10 + 0.5) / 10;
  if (whole > 0 && whole < 100) return `${whole}\u00a0%`;
  if (tenths > 0 && tenths < 100) return `${tenths.toFixed(1)}\u00a0%`;
  return value < 0.5 ? "<0.1\u00a0%" : ">99.9\u00a0%";
}
