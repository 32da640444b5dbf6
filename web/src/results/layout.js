/** Where the nodes of a small network go: springs and repulsion (Fruchterman and Reingold 1991), the same each time. */

const STEPS = 200;
const GRAVITY = 2.5; // keeps parts that hang together with nothing else from drifting off

/**
 * Return `[x, y]` in the unit square for each node.
 *
 * @param {number} count of nodes; time grows with its square
 * @param {[number, number][]} edges pairs of node numbers
 */
export function layout(count, edges) {
  const turn = Math.PI * (3 - Math.sqrt(5)); // the golden angle spreads nodes evenly over a disc
  const at = Array.from({ length: count }, (_v, i) => {
    const far = Math.sqrt((i + 0.5) / count);
    return [Math.cos(i * turn) * far, Math.sin(i * turn) * far];
  });
  const ideal = Math.sqrt(4 / Math.max(count, 1));
  for (let step = 0; step < STEPS; step++) move(at, edges, ideal, 0.15 * (1 - step / STEPS));
  return fitted(at);
}

function move(at, edges, ideal, most) {
  const push = at.map(([x, y]) => [-x * ideal * GRAVITY, -y * ideal * GRAVITY]);
  for (let i = 0; i < at.length; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [at[i][0] - at[j][0], at[i][1] - at[j][1]];
      const force = (ideal * ideal) / Math.max(dx * dx + dy * dy, 1e-6);
      shift(push, i, j, dx * force, dy * force);
    }
  }
  for (const [i, j] of edges) {
    const [dx, dy] = [at[i][0] - at[j][0], at[i][1] - at[j][1]];
    const force = -Math.hypot(dx, dy) / ideal;
    shift(push, i, j, dx * force, dy * force);
  }
  at.forEach((place, i) => {
    const length = Math.hypot(...push[i]) || 1;
    const part = Math.min(length, most) / length;
    place[0] += push[i][0] * part;
    place[1] += push[i][1] * part;
  });
}

function shift(push, i, j, x, y) {
  push[i][0] += x;
  push[i][1] += y;
  push[j][0] -= x;
  push[j][1] -= y;
}

function fitted(at) {
  const scaled = (axis) => {
    const values = at.map((place) => place[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (value) => (most > least ? (value - least) / (most - least) : 0.5);
  };
  const [x, y] = [scaled(0), scaled(1)];
  return at.map((place) => [x(place[0]), y(place[1])]);
}
