// A table of one part of the rows: real cells and buttons, so that keyboard and reader reach all.
// What it is told comes as UTF-8 JSON.
// A row that stays keeps its nodes: a click between press and release is not lost to a new drawing.
const make = (tag, text, attributes = {}) => {
  const node = document.createElement(tag);
  if (text !== null && text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  return node;
};

const tick = (grid, kind, { id, cells }) => {
  const { words } = grid.told;
  const box = make("input", null, { type: "checkbox", "aria-label": `${words[kind]}: ${cells[0]}`, "data-spot": `${kind}:${id}` });
  box.addEventListener("change", () => {
    const { limit, rows } = grid.told;
    if (kind === "compare" && box.checked && rows.filter((row) => row.compare).length >= limit) {
      box.checked = false;
      grid.status.textContent = words.limit;
      return;
    }
    rows.find((row) => row.id === id)[kind] = box.checked;
    act(grid, { do: kind, what: id, on: box.checked });
  });
  return box;
};

const drawHead = (grid, top) => {
  const { head, words } = grid.told;
  for (const kind of grid.ticks) {
    const cell = make("th", null, { scope: "col", class: "fg-tick" });
    cell.append(make("span", words[`${kind}_head`]));
    top.append(cell);
  }
  for (const column of head) {
    const cell = make("th", null, { scope: "col", class: `fg-col-${column.key}${column.number ? " fg-number" : ""}` });
    if (column.sorts) {
      const button = make("button", column.title, { type: "button", "data-spot": `sort:${column.key}`, title: words.sort });
      button.append(make("i", "", { "aria-hidden": "true" }));
      button.addEventListener("click", () => act(grid, { do: "sort", what: column.key }));
      cell.append(button);
    } else cell.append(make("span", column.title));
    if (column.unit) cell.append(make("small", column.unit));
    top.append(cell);
  }
};

// The head keeps its nodes too: a second press on it turns the order round.
const markOrder = (grid) => {
  grid.told.head.forEach((column, place) => {
    const cell = grid.top.cells[grid.ticks.length + place];
    if (column.sort) cell.setAttribute("aria-sort", column.sort);
    else cell.removeAttribute("aria-sort");
    const arrow = cell.querySelector("button i");
    if (arrow) arrow.textContent = { ascending: " ▲", descending: " ▼" }[column.sort] || "";
  });
};

// Where a row opens above the table, that place comes into sight, now or once it is drawn.
const lead = (grid) => {
  const place = grid.leads && document.querySelector(`.st-key-${grid.leads}`);
  if (!place) return;
  place.scrollIntoView({ block: "start" });
  grid.leads = null;
};

const drawRow = (grid, row) => {
  const { head, words, opens } = grid.told;
  const line = make("tr", null, { "data-id": row.id, class: row.sum ? "fg-sum" : null });
  for (const kind of grid.ticks) {
    const cell = make("td", null, { class: "fg-tick", "data-title": words[`${kind}_head`] });
    if (kind in row) cell.append(tick(grid, kind, row));
    line.append(cell);
  }
  row.cells.forEach((text, place) => {
    const column = head[place];
    const cell = make(place === 0 ? "th" : "td", null, { scope: place === 0 ? "row" : null, class: `fg-col-${column.key}${column.number ? " fg-number" : ""}`, "data-title": column.unit ? `${column.title} ${column.unit}` : column.title });
    if (place === 0 && opens && !row.closed) {
      const button = make("button", text, { type: "button", class: "fg-open-row", "data-spot": `open:${row.id}` });
      button.addEventListener("click", () => {
        grid.leads = grid.told.leads;
        lead(grid);
        act(grid, { do: "open", what: row.id });
      });
      cell.append(button);
      if (row.draft) cell.append(make("em", words.draft, { class: "fg-draft" }));
      if (row.note) cell.append(make("small", row.note));
    } else if (text === "") cell.append(make("span", words.missing, { class: "fg-none" }));
    else {
      cell.append(make("span", text));
      cell.classList.toggle("fg-na", text === "–");
    }
    line.append(cell);
  });
  return line;
};

// Another head or language: all is drawn anew.
const build = (grid, parent, form) => {
  const { told } = grid;
  const scrolled = grid.frame ? grid.frame.scrollLeft : 0;
  const table = make("table", null, { class: `fg-grid fg-grid-${told.manner}` });
  grid.caption = told.words.caption ? table.createCaption() : null;
  grid.form = form;
  grid.ticks = ["pick", "compare"].filter((kind) => told.ticks.includes(kind));
  grid.top = table.createTHead().insertRow();
  drawHead(grid, grid.top);
  grid.body = table.createTBody();
  grid.lines = new Map();
  grid.status = make("p", "", { class: "fg-grid-status", role: "status" });
  grid.frame = make("div", null, { class: "fg-grid-frame", tabindex: "0", role: "region" });
  grid.frame.append(table);
  parent.replaceChildren(grid.frame, grid.status);
  grid.frame.scrollLeft = scrolled;
};

const fill = (grid) => {
  const old = grid.lines;
  grid.lines = new Map();
  for (const row of grid.told.rows) {
    let key = JSON.stringify({ ...row, pick: null, compare: null });
    while (grid.lines.has(key)) key += " ";
    const line = old.get(key) || drawRow(grid, row);
    grid.lines.set(key, line);
    for (const box of line.querySelectorAll(".fg-tick input")) box.checked = row[box.dataset.spot.split(":", 1)[0]];
  }
  for (const [key, line] of old) if (!grid.lines.has(key)) line.remove();
  let next = grid.body.firstChild;
  for (const line of grid.lines.values()) {
    if (line === next) next = next.nextSibling;
    else grid.body.insertBefore(line, next);
  }
};

export default function ({ parentElement, data, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data));
  const grid = (parentElement.fengtuGrid ??= {});
  const kept = parentElement.contains(document.activeElement) ? document.activeElement.dataset.spot : null;
  grid.told = told;
  for (const { do: kind, what, on } of settle(grid, told, setTriggerValue)) {
    const row = told.rows.find(({ id }) => id === what);
    if (row && kind in row) row[kind] = on;
  }
  const { rows, done, words: { caption, ...words }, head, ...rest } = told;
  const form = JSON.stringify([rest, head.map(({ sort, ...column }) => column), words, Boolean(caption)]);
  if (form !== grid.form) build(grid, parentElement, form);
  if (grid.caption) grid.caption.textContent = caption;
  grid.frame.setAttribute("aria-label", caption || words.region);
  grid.status.textContent = "";
  markOrder(grid);
  fill(grid);
  requestAnimationFrame(() => lead(grid));
  if (kept && !parentElement.contains(document.activeElement)) parentElement.querySelector(`[data-spot="${CSS.escape(kept)}"]`)?.focus();
}
