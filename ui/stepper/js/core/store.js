// One value that changes as a whole, and those who follow it, in the order in which they came.

export function createStore(initial) {
  const followers = new Set();
  let value = initial;
  return {
    get: () => value,
    set(next, tell = true) {
      const before = value;
      value = next;
      if (tell) for (const follower of followers) follower(next, before);
    },
    follow: (follower) => followers.add(follower),
  };
}
