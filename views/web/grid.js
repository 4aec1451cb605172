// A table of one part of the rows: real cells and buttons, so that keyboard and reader reach all.
// What it is told comes as UTF-8 JSON; what a person does goes back as a list under "act".
export default function ({ parentElement, data, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data));
  const { head, rows, words } = told;
  const make = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    if (text !== null && text !== undefined) node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
    return node;
  };
  // What happens within a moment goes in one message: of several at once the library keeps one.
  let waiting = [];
  const act = (what) => {
    waiting.push(what);
    if (waiting.length === 1) setTimeout(() => { setTriggerValue("act", waiting); waiting = []; }, 40);
  };
  const kept = parentElement.contains(document.activeElement) ? document.activeElement.dataset.spot : null;
  const scrolled = parentElement.querySelector(".fg-grid-frame")?.scrollLeft ?? 0;

  const status = make("p", "", { class: "fg-grid-status", role: "status" });
  const ticked = (kind) => rows.filter((row) => row[kind]).length;
  const tick = (kind, row) => {
    const box = make("input", null, { type: "checkbox", "aria-label": `${words[kind]}: ${row.cells[0]}`, "data-spot": `${kind}:${row.id}` });
    box.checked = row[kind];
    box.addEventListener("change", () => {
      if (kind === "compare" && box.checked && ticked("compare") >= told.limit) {
        box.checked = false;
        status.textContent = words.limit;
        return;
      }
      row[kind] = box.checked;
      act({ do: kind, what: row.id, on: box.checked });
    });
    return box;
  };

  const table = make("table", null, { class: `fg-grid fg-grid-${told.manner}` });
  if (words.caption) table.append(make("caption", words.caption));
  const top = table.createTHead().insertRow();
  const ticks = ["pick", "compare"].filter((kind) => told.ticks.includes(kind));
  for (const kind of ticks) {
    const cell = make("th", null, { scope: "col", class: "fg-tick" });
    cell.append(make("span", words[`${kind}_head`]));
    top.append(cell);
  }
  for (const column of head) {
    const cell = make("th", null, { scope: "col", class: `fg-col-${column.key}${column.number ? " fg-number" : ""}`, "aria-sort": column.sort || null });
    if (column.sorts) {
      const arrow = { ascending: " ▲", descending: " ▼" }[column.sort] || "";
      const button = make("button", column.title, { type: "button", "data-spot": `sort:${column.key}`, title: words.sort });
      button.append(make("i", arrow, { "aria-hidden": "true" }));
      button.addEventListener("click", () => act({ do: "sort", what: column.key }));
      cell.append(button);
    } else cell.append(make("span", column.title));
    if (column.unit) cell.append(make("small", column.unit));
    top.append(cell);
  }

  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    line.dataset.id = row.id;
    if (row.sum) line.className = "fg-sum";
    for (const kind of ticks) {
      const cell = make("td", null, { class: "fg-tick", "data-title": words[`${kind}_head`] });
      if (kind in row) cell.append(tick(kind, row));
      line.append(cell);
    }
    row.cells.forEach((text, place) => {
      const column = head[place];
      const cell = make(place === 0 ? "th" : "td", null, { scope: place === 0 ? "row" : null, class: `fg-col-${column.key}${column.number ? " fg-number" : ""}`, "data-title": column.unit ? `${column.title} ${column.unit}` : column.title });
      if (place === 0 && told.opens && !row.closed) {
        const button = make("button", text, { type: "button", class: "fg-open-row", "data-spot": `open:${row.id}` });
        button.addEventListener("click", () => act({ do: "open", what: row.id }));
        cell.append(button);
        if (row.draft) cell.append(make("em", words.draft, { class: "fg-draft" }));
        if (row.note) cell.append(make("small", row.note));
      } else if (text === "") cell.append(make("span", words.missing, { class: "fg-none" }));
      else cell.append(make("span", text));
      line.append(cell);
    });
  }

  const frame = make("div", null, { class: "fg-grid-frame", tabindex: "0", role: "region", "aria-label": words.caption || words.region });
  frame.append(table);
  parentElement.replaceChildren(frame, status);
  frame.scrollLeft = scrolled;
  if (kept) parentElement.querySelector(`[data-spot="${CSS.escape(kept)}"]`)?.focus();
}
