// Long work a slice at a time: between two of them the page hears keys and paints.

const SLICE = 5; // ms: with all else that a frame needs, less than a frame

// → { start(work, done), stop(), busy() }: `work` is a generator that pauses often, `done` is given what it returns, at once
// where a slice is enough, else in a slice of its own. One work at a time, none after the end.
export function createSlices(signal) {
  const channel = new MessageChannel(); // a timer waits longer, and a second where the page is not seen
  let work = null, done = null, last = null, called = false;

  function stop() {
    work = last = null;
  }

  function proceed(first) {
    const end = performance.now() + SLICE;
    let step = last ?? work.next();
    while (!step.done && performance.now() < end) step = work.next();
    if (step.done && (first || last)) {
      stop();
      return done(step.value);
    }
    last = step.done ? step : null;
    if (!called) channel.port2.postMessage(null);
    called = true;
  }

  channel.port1.onmessage = () => {
    called = false;
    if (work) proceed(false);
  };
  signal.addEventListener("abort", () => {
    stop();
    channel.port1.close();
  });
  return {
    stop,
    busy: () => work !== null,
    start(next, tell) {
      if (signal.aborted) return;
      stop();
      [work, done] = [next, tell];
      proceed(true);
    },
  };
}
