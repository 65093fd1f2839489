// Tones: a short one at a time, in the place of the one before; none until a hand has asked for sound.
const LOUD = 0.12; // of what the system gives: modest beside a voice
const ATTACK = 0.012; // s in which a tone begins, and one that is cut short ends: a jump would click

export function createSound(signal) {
  let context = null, tone = null;

  function end() {
    if (!tone) return;
    const { oscillator, gain } = tone, now = context.currentTime;
    tone = null;
    gain.gain.cancelScheduledValues(now);
    gain.gain.setTargetAtTime(0, now, ATTACK / 3);
    oscillator.stop(now + ATTACK);
  }

  function close() {
    end();
    context?.close();
    context = null;
  }

  signal.addEventListener("abort", close);
  return {
    isOn: () => context !== null,
    // → whether it is on now.
    turn() {
      if (context) close();
      else context = new AudioContext();
      return context !== null;
    },
    play(hertz, seconds) {
      if (!context) return;
      end();
      if (hertz === null) return;
      const oscillator = context.createOscillator(), gain = context.createGain(), now = context.currentTime;
      oscillator.type = "triangle"; // small speakers have its overtones, if not its pitch
      oscillator.frequency.value = hertz;
      gain.gain.setValueAtTime(0, now);
      gain.gain.linearRampToValueAtTime(LOUD, now + ATTACK);
      gain.gain.setTargetAtTime(0, now + seconds / 2, seconds / 6);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(now);
      oscillator.stop(now + seconds);
      tone = { oscillator, gain };
      oscillator.onended = () => {
        if (tone?.oscillator === oscillator) tone = null;
      };
    },
  };
}
