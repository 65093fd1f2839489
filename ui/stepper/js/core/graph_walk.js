// Walking over the cell's graph from node to node: on to what reads a value, back to what it is made of, and between those
// that share the node one came from.

// A walk is { graph: { nodes, edges }, at: a node's place, beside: the places that lie beside it there }.
export const createWalk = (graph, at) => ({ graph, at, beside: null });

const ahead = ({ edges }, at) => edges.filter(({ source }) => source === at).map(({ target }) => target);
const behind = ({ edges }, at) => edges.filter(({ target }) => target === at).map(({ source }) => source);

// Who has come from nowhere finds beside a node those that are made of the same; of the first ones all that are made of nothing.
function besideOf(graph, at) {
  const made = behind(graph, at);
  return made.length ? ahead(graph, made[0]) : [...graph.nodes.keys()].filter((place) => !behind(graph, place).length);
}

const KEYS_OF = { ArrowRight: ahead, ArrowLeft: behind };

// → the walk after a key; null where that leads nowhere.
export function stepAlong({ graph, at, beside }, key) {
  if (KEYS_OF[key]) {
    const there = [...new Set(KEYS_OF[key](graph, at))];
    return there.length ? { graph, at: there[0], beside: there } : null;
  }
  const by = { ArrowUp: -1, ArrowDown: 1 }[key], row = beside ?? besideOf(graph, at);
  if (!by) return null;
  const next = row[row.indexOf(at) + by];
  return { graph, at: next ?? at, beside: row };
}
