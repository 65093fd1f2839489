// What a key or a button does.

export function createActs({ host, shown, player, dispatch, query, address, parts: { course, lines, table, legend, keys, copy, editing, guessing, listening } }) {
  return {
    first: ({ halt }) => dispatch({ type: "go", t: 0, halt }),
    previous: (by) => dispatch({ type: "by", by: -1, ...by }),
    next: (by) => dispatch({ type: "by", by: 1, ...by }),
    last: (by) => dispatch({ type: "last", ...by }),
    play: () => dispatch({ type: "play" }),
    "unit-up": (by) => dispatch({ type: "beside", by: -1, ...by }),
    "unit-down": (by) => dispatch({ type: "beside", by: 1, ...by }),
    "operation-back": (by) => dispatch({ type: "operate", by: -1, ...by }),
    "operation-on": (by) => dispatch({ type: "operate", by: 1, ...by }),
    operations: (by) => dispatch(player().operation === null ? { type: "operate", by: 1, ...by } : { type: "whole", ...by }),
    wrong: (by) => dispatch({ type: "go", t: course.wrongFrom(player().t), ...by }),
    "change-on": (by) => listening.leap(1, by),
    "change-back": (by) => listening.leap(-1, by),
    sound: listening.turn,
    lines() {
      host.report("lines", lines.show(!lines.shown()) ? 1 : 0);
      lines.draw(shown(), player());
      address();
    },
    table: () => table.open(shown(), player(), listening.heard()),
    keys: keys.open,
    link(_, button) {
      address();
      copy(button, host.link(query()), shown().message);
    },
    edit: () => editing.toggle(),
    lift: () => editing.lift(),
    projector: () => host.project?.(!shown().message.projector),
    guess: ({ key }, button) => guessing.choose(button ? Number(button.dataset.place) : Number(key) - 1),
    skip: guessing.skip,
    predict() {
      const on = guessing.turn();
      address();
      host.report("predict", Number(on));
    },
    // What lies open closes, then from one operation back to the whole step, then from one large heatmap back to all.
    whole(by) {
      if (legend.close() || editing.close()) return;
      const enlarged = player().operation === null && shown().message.large;
      dispatch({ type: enlarged ? "stay" : "whole", ...by });
      if (enlarged) host.report("large", "");
    },
  };
}
