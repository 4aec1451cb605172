/* Where symbols stand on the screen: around the inner point of their district, none over another.

   The spread lives on the screen only; exports carry the label point. The same set of symbols at
   the same zoom always gets the same places. */
(function () {
  "use strict";

  const PIN_ABOVE = 0.48; // of its size: the tip of a pin stands at its point, the rest above
  const NAME_HEIGHT = 27; // pixels; two lines
  const CELL = 40; // pixels; the grid that finds neighbours quickly
  const COLUMN = 2 ** 24; // more cells than a column can have, so that a number names a cell
  const NONE = [];

  /** Boxes already taken, found by grid cell. */
  class Taken {
    constructor() {
      this.cells = new Map();
    }

    /** The first answer of `look` to the boxes of a cell that this box reaches, cell by cell. */
    find(box, look) {
      const [west, north, east, south] = box.map((edge) => Math.floor(edge / CELL));
      for (let x = west; x <= east; x++) {
        for (let y = north; y <= south; y++) {
          const found = look(x * COLUMN + y);
          if (found) return found;
        }
      }
      return false;
    }

    add(box) {
      this.find(box, (cell) => {
        if (!this.cells.has(cell)) this.cells.set(cell, []);
        this.cells.get(cell).push(box);
      });
    }

    hits(box) {
      return this.find(box, (cell) => (this.cells.get(cell) || NONE).some((other) => touches(box, other)));
    }

    /** How many taken boxes does this one touch? */
    count(box) {
      const touched = new Set();
      this.find(box, (cell) => {
        for (const other of this.cells.get(cell) || NONE) if (touches(box, other)) touched.add(other);
      });
      return touched.size;
    }
  }

  function touches(a, b) {
    return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  }

  const grids = new Map();

  /** Steps away from a centre on a grid, nearest first; sorted once for each number of rings. */
  function grid(rings) {
    if (!grids.has(rings)) grids.set(rings, sorted(rings));
    return grids.get(rings);
  }

  function sorted(rings) {
    const found = [];
    for (let i = -rings; i <= rings; i++) {
      for (let j = -rings; j <= rings; j++) found.push([i, j]);
    }
    const far = ([i, j]) => i * i + j * j;
    return found.sort((a, b) => far(a) - far(b) || a[1] - b[1] || a[0] - b[0]);
  }

  /** The first step on a grid of the given width that is free, in pixels. */
  function nearest(width, rings, isFree) {
    const step = grid(rings).find(([i, j]) => isFree(i * width, j * width));
    return step && [step[0] * width, step[1] * width];
  }

  const bounds = new WeakMap();

  /** The box around rings, which tells most points outside at once. */
  function boundsOf(rings) {
    if (!bounds.has(rings)) {
      const [xs, ys] = [0, 1].map((axis) => rings.flat().map((point) => point[axis]));
      const ends = [xs, ys].map((all) => [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)]);
      bounds.set(rings, [ends[0][0], ends[1][0], ends[0][1], ends[1][1]]);
    }
    return bounds.get(rings);
  }

  const rows = new WeakMap();

  /** Where a row of pixels crosses the rings: computed once, since many points of a row are asked. */
  function crossings(rings, row) {
    if (!rows.has(rings)) rows.set(rings, new Map());
    const known = rows.get(rings);
    if (!known.has(row)) {
      const y = row + 0.5; // between pixels: no corner stands there
      const found = [];
      for (const ring of rings) {
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          const [xi, yi] = ring[i];
          const [xj, yj] = ring[j];
          if (yi > y !== yj > y) found.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
        }
      }
      known.set(row, found);
    }
    return known.get(row);
  }

  /** Is a point inside rings of pixels (even-odd rule, so that holes count), to the pixel? */
  function inside(rings, x, y) {
    const [west, north, east, south] = boundsOf(rings);
    if (x < west || x > east || y < north || y > south) return false;
    let within = false;
    for (const crossing of crossings(rings, Math.floor(y))) if (x < crossing) within = !within;
    return within;
  }

  function box(x, y, width, height) {
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  }

  /** Give every mark {x, y, size, home, fixed} its place {px, py}; `home` is rings or null.

      A mark with a home never leaves it: where it has no room the mark shrinks to `least`, and at
      last stands where it covers the fewest others. Only marks without a home take any free place. */
  function spread(marks, taken) {
    for (const mark of marks.filter((each) => each.fixed)) {
      [mark.px, mark.py] = [mark.x, mark.y];
      taken.add(box(mark.x, mark.y - mark.size * PIN_ABOVE, mark.size, mark.size));
    }
    for (const mark of marks.filter((each) => !each.fixed)) {
      const step = mark.home ? stepAtHome(mark, taken) : freeStep(mark, taken, 34) || [0, 0];
      [mark.px, mark.py] = [mark.x + step[0], mark.y + step[1]];
      const { low, wide, high } = needed(mark);
      taken.add(box(mark.px, mark.py + low, wide, high));
    }
  }

  /** The box of a mark around (0, low): with `room` for a name under it, else its own size. */
  function needed({ size, room }) {
    return room ? { low: NAME_HEIGHT / 2, wide: Math.max(room, size), high: size + NAME_HEIGHT } : { low: 0, wide: size, high: size };
  }

  function freeStep(mark, taken, reach) {
    const { low, wide, high } = needed(mark);
    return nearest(mark.size * 0.55, reach, (dx, dy) => {
      const [x, y] = [mark.x + dx, mark.y + dy];
      if (taken.hits(box(x, y + low, wide, high))) return false;
      if (mark.home && !inside(mark.home, x, y)) return false;
      return !mark.room || [-0.4, 0.4].every((part) => inside(mark.home, x + part * wide, y + low));
    });
  }

  function stepAtHome(mark, taken) {
    const free = freeStep(mark, taken, 16);
    if (free) return free;
    mark.room = 0; // no room for its name: the symbol alone
    mark.size = Math.min(mark.size, mark.least);
    return freeStep(mark, taken, 24) || leastCovering(mark, taken);
  }

  function leastCovering(mark, taken) {
    let best = [0, 0];
    let fewest = Infinity;
    for (const [i, j] of grid(30)) {
      const [dx, dy] = [i * mark.size * 0.4, j * mark.size * 0.4];
      const [x, y] = [mark.x + dx, mark.y + dy];
      if (!inside(mark.home, x, y)) continue;
      const covered = taken.count(box(x, y, mark.size, mark.size));
      if (covered < fewest) [best, fewest] = [[dx, dy], covered];
    }
    return best;
  }

  /** Place labels {x, y, width, height, home} in order, moved to the nearest free spot of their
      outline (`home` may be "anywhere"); one that would touch another is left out. */
  function label(labels, taken) {
    return labels.filter((each) => {
      const step = nearest(7, each.home ? 9 : 0, (dx, dy) => {
        const [x, y] = [each.x + dx, each.y + dy];
        if (taken.hits(box(x, y, each.width, each.height))) return false;
        return !each.home || each.home === "anywhere" || inside(each.home, x, y);
      });
      if (!step) return false;
      [each.x, each.y] = [each.x + step[0], each.y + step[1]];
      taken.add(box(each.x, each.y, each.width, each.height));
      return true;
    });
  }

  window.fengtuSpread = { Taken, spread, label, inside };
})();
