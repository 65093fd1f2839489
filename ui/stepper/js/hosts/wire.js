// How a page talks with its server beside Streamlit: single requests, one stream of events that comes back by itself, and
// what is sent so often that only the newest counts.

const JSON_BODY = { "content-type": "application/json" };
const RETRIES = [500, 1000, 2000, 4000, 8000]; // ms until the next try; the last one for all that follow
const SILENCE = 40_000; // ms after which a stream that says nothing is dead: the server says each 15 s that it is there
const PACE = 50; // ms between two places that a teacher's page sends

// Below which path the app is: that of the page without the page's own name.
export function appBase(pathname, page) {
  const whole = pathname.replace(/\/+$/, "");
  return page && whole.endsWith(`/${page}`) ? whole.slice(0, -page.length - 1) : whole;
}

// → { said } or { fault, says }: what the server says, or the name of what is wrong with its details, "network" where nothing came back.
export async function askServer(path, { body, headers = {} } = {}) {
  try {
    const post = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(path, { ...post, headers: { ...(post.method && JSON_BODY), ...headers } });
    if (!answer.headers.get("content-type")?.startsWith("application/json")) return { fault: "none" };
    const said = await answer.json();
    return said.fault ? { fault: said.fault, says: said.says } : { said };
  } catch {
    return { fault: "network" };
  }
}

// `heard` is given each event, `lost` is told when the line breaks and when it is there again, `refused` a fault after which
// no further try makes sense. The signal ends it.
export async function listenToServer(path, headers, signal, { heard, lost, refused }) {
  for (let tries = 0; !signal.aborted; tries++) {
    const line = new AbortController(), cut = () => line.abort();
    for (const [who, what] of [[signal, "abort"], [window, "offline"]]) who.addEventListener(what, cut, { signal: line.signal });
    try {
      const answer = await fetch(path, { headers, signal: line.signal });
      const kind = answer.headers.get("content-type") ?? "";
      if (kind.startsWith("application/json")) return refused((await answer.json()).fault);
      if (answer.ok && !kind.startsWith("text/event-stream")) return refused("none"); // the page itself: nobody is there to listen to
      if (!answer.ok) throw new Error(answer.statusText); // of a proxy that does not reach the server
      lost(false);
      tries = 0;
      await readEvents(answer.body.getReader(), heard, cut);
    } catch {
      // the line is broken
    }
    cut();
    if (signal.aborted) return;
    lost(true);
    await untilRetry(RETRIES[Math.min(tries, RETRIES.length - 1)], signal);
  }
}

async function readEvents(reader, heard, cut) {
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const silent = setTimeout(cut, SILENCE), { done, value } = await reader.read().finally(() => clearTimeout(silent));
    if (done) return;
    const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = parts.pop();
    for (const part of parts) if (part.startsWith("data: ")) heard(JSON.parse(part.slice(6)));
  }
}

// A network that comes back is not waited for any longer.
function untilRetry(milliseconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(end, milliseconds);
    function end() {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      done();
    }
    window.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

// A function that sends what it is given by `send`, one at a time, and of what comes meanwhile the newest.
export function createNewest(send) {
  let waiting = null, busy = false;
  return async (value) => {
    waiting = { value };
    if (busy) return;
    busy = true;
    while (waiting) {
      const next = waiting;
      waiting = null;
      const again = await send(next.value);
      await new Promise((done) => setTimeout(done, again || PACE));
      if (again) waiting ??= next;
    }
    busy = false;
  };
}
