// What a value means in words: a reading is { limits, says }, three sentences for below, between and above.
import { percent } from "./numbers.js";

export function meaningOf(reading, value) {
  if (!reading || !Number.isFinite(value)) return "";
  const { limits: [low, high], says } = reading;
  return says[value < low ? 0 : value > high ? 2 : 1].replace("{share}", percent(value));
}
