// A value as a tone: its place on the symbol's scale is a place within two octaves, 0 of a state in their middle.

const LOWEST = 220, OCTAVES = 2; // Hz

// In Hz; null of what is no number. What lies beyond the scale sounds as its end, as it is coloured.
export function pitchOf(value, { low, high }) {
  if (Number.isNaN(value)) return null;
  const share = Math.max(0, Math.min(1, (value - low) / (high - low)));
  return LOWEST * 2 ** (OCTAVES * share);
}
