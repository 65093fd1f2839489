// Long work a slice at a time: between two of them the page hears keys and paints.

const SLICE = 5; // ms: with all else that a frame needs, less than a frame

// → { start(work, done), stop(), busy() }: `work` is a generator that pauses often, `done` is given what it returns, at once
// where a slice is enough. One work at a time, none after the end.
export function createSlices(signal) {
  const channel = new MessageChannel(); // a timer waits longer, and a second where the page is not seen
  let work = null, done = null, called = false;

  function stop() {
    work = null;
  }

  function proceed() {
    const end = performance.now() + SLICE;
    while (work) {
      const step = work.next();
      if (step.done) {
        work = null;
        return done(step.value);
      }
      if (performance.now() >= end) break;
    }
    if (!work || called) return;
    called = true;
    channel.port2.postMessage(null);
  }

  channel.port1.onmessage = () => {
    called = false;
    proceed();
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
      [work, done] = [next, tell];
      proceed();
    },
  };
}
