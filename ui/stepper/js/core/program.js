// A row's program, nested lists read from the cell's own source, as numbers: of one unit at one step of a run, or of
// all units from the values of a step. No eval: programs run under any content security policy.

export const sigmoid = (a) => 0.5 * (1 + Math.tanh(a / 2));

const hard = (slope) => (a) => Math.max(0, Math.min(1, a / slope + 0.5));
const FUNCTIONS = { sigmoid, hard_sigmoid_5: hard(5), hard_sigmoid_6: hard(6), tanh: Math.tanh, relu: (a) => Math.max(0, a) };
const OPERATORS = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b };

// A run that was sent without weights holds what the rows need of them: products with a vector, and biases.
export function evaluate(program, model, t, unit) {
  const [head, first, second] = program;
  if (head in FUNCTIONS) return FUNCTIONS[head](evaluate(first, model, t, unit));
  switch (head) {
    case "number": return first;
    case "+": case "-": case "*": return OPERATORS[head](evaluate(first, model, t, unit), evaluate(second, model, t, unit));
    case "b": return model.products ? productAt(model, program, t, unit) : model.weights.b[first].values[unit];
    case "@": return model.products ? productAt(model, second, t, unit) : dot(first, model, t, unit, model.weights[second[0]][second[1]]);
    default: return model.row(head, t)[unit];
  }
}

function productAt(model, [kind, block], t, unit) {
  const { shape: [, units], values } = model.products[`${kind}.${block}`];
  return values[t * units + unit];
}

function dot(vector, model, t, unit, { shape: [count, units], values }) {
  let sum = 0;
  if (vector.length === 1) {
    const row = model.row(vector[0], t);
    for (let k = 0; k < count; k++) sum += row[k] * values[k * units + unit];
  } else {
    for (let k = 0; k < count; k++) sum += evaluate(vector, model, t, k) * values[k * units + unit];
  }
  return sum;
}

// A function from the values of a step, { x, h_prev, f, … }, to the row over all units. What it returns is its own and
// is written anew by the next call.
export function compile(program, weights, units) {
  const [head, first, second] = program;
  if (head in FUNCTIONS) return compileFunction(FUNCTIONS[head], compile(first, weights, units), units);
  if (head in OPERATORS) {
    return compileOperator(OPERATORS[head], compile(first, weights, units), compile(second, weights, units), units);
  }
  if (head === "@") return compileProduct(compile(first, weights, units), weights[second[0]][second[1]]);
  if (head === "number" || head === "b") {
    const constant = head === "b" ? Float64Array.from(weights.b[first].values) : new Float64Array(units).fill(first);
    return () => constant;
  }
  return (step) => step[head];
}

function compileFunction(apply, argument, units) {
  const result = new Float64Array(units);
  return (step) => {
    const row = argument(step);
    for (let unit = 0; unit < units; unit++) result[unit] = apply(row[unit]);
    return result;
  };
}

function compileOperator(apply, left, right, units) {
  const result = new Float64Array(units);
  return (step) => {
    const one = left(step), other = right(step);
    for (let unit = 0; unit < units; unit++) result[unit] = apply(one[unit], other[unit]);
    return result;
  };
}

// Rows of weights are added four at a time: in the same order as one by one, in half the time.
function compileProduct(vector, { shape: [count, units], values }) {
  const result = new Float64Array(units), places = new Int32Array(count); // of what is not 0: of a one-hot x one
  return (step) => {
    const row = vector(step);
    let found = 0, next = 0;
    for (let k = 0; k < count; k++) if (row[k] !== 0) places[found++] = k;
    result.fill(0);
    for (; next + 3 < found; next += 4) {
      const k = places[next], l = places[next + 1], m = places[next + 2], n = places[next + 3];
      const one = row[k], two = row[l], three = row[m], four = row[n];
      for (let unit = 0, a = k * units, b = l * units, c = m * units, d = n * units; unit < units; unit++) {
        result[unit] = result[unit] + one * values[a + unit] + two * values[b + unit] + three * values[c + unit] + four * values[d + unit];
      }
    }
    for (; next < found; next++) {
      const share = row[places[next]];
      for (let unit = 0, place = places[next] * units; unit < units; unit++, place++) result[unit] += share * values[place];
    }
    return result;
  };
}
