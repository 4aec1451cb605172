/* Printing: the page becomes a title, the map at the width of the sheet, figures and a list.

   Built when the browser is about to print, from what was fetched, and removed afterwards; so the
   browser's own command prints the same as the button. */
(function () {
  "use strict";

  const { view, element, words, say, name } = window.fengtuView;
  const { hasLevels } = window.fengtuLevels;
  const { places } = window.fengtuCard;
  const { legend, plans } = window.fengtuLegend;

  const COLUMNS = ["name", "layer", "where", "size", "owner", "status", "clause"];
  const page = window.parent.document;
  let undo = null;

  function before() {
    if (undo || !view.state || !view.look || !window.frameElement || !window.frameElement.isConnected || !hasLevels()) return;
    const [seen, isWhole] = [view.map.getBounds(), view.isWhole];
    const [center, zoom, open] = [view.map.getCenter(), view.map.getZoom(), view.legend.open];
    const way = ancestors(window.frameElement);
    const added = [head(), sheet()];
    page.body.prepend(added[0]);
    page.body.append(added[1]);
    way.forEach((each) => each.classList.add("fg-print-way"));
    page.body.classList.add("fg-printing");
    document.body.classList.add("fg-printing");
    view.isPrinting = view.legend.open = true;
    legend();
    const high = view.legend.scrollHeight; // a long legend is set smaller, never cut
    view.legend.style.zoom = Math.min(1, view.side.clientHeight / high);
    resized(() => (isWhole ? window.fengtu.frame() : view.map.fitBounds(seen, { animate: false })));
    undo = () => {
      added.forEach((each) => each.remove());
      way.forEach((each) => each.classList.remove("fg-print-way"));
      page.body.classList.remove("fg-printing");
      document.body.classList.remove("fg-printing");
      view.legend.open = open;
      view.legend.style.zoom = "";
      legend();
      resized(() => (isWhole ? window.fengtu.frame() : view.map.setView(center, zoom, { animate: false })));
    };
  }

  function after() {
    if (undo) undo();
    undo = null;
    view.isPrinting = false;
    if (view.look) legend();
  }

  function resized(settle) {
    view.map.invalidateSize({ pan: false, animate: false });
    settle();
  }

  function ancestors(start) {
    const found = [];
    for (let each = start; each && each !== page.body; each = each.parentElement) found.push(each);
    return found;
  }

  function head() {
    const made = element("header", "fg-print-head", null);
    const { area, filter } = view.state.print;
    element("h1", "", made).textContent = say("print_title", { area });
    element("strong", "", made).textContent = words().stamp;
    const today = new Date();
    const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const facts = [say("print_filter", { words: filter }), view.state.note, say("source", { plans: plans() }), say("print_date", { date })];
    element("p", "", made).textContent = facts.filter(Boolean).join("　");
    return made;
  }

  /** What follows the map: the figures of the page as they stand, and every row of it. */
  function sheet() {
    const made = element("section", "fg-print-sheet", null);
    for (const part of page.querySelectorAll(".fg-tiles, .fg-card:has(.fg-capacity)")) made.append(part.cloneNode(true));
    const rows = view.state.visible.map((id) => view.projects.get(id));
    if (view.state.crowd) {
      element("h2", "", made).textContent = view.state.crowd.print;
      return made;
    }
    element("h2", "", made).textContent = say("print_list", { count: rows.length });
    const table = element("table", "", made);
    const top = element("tr", "", element("thead", "", table));
    for (const column of COLUMNS) element("th", "", top).textContent = words()[`column_${column}`];
    const body = element("tbody", "", table);
    rows.forEach((row) => line(row, body));
    return made;
  }

  function line(row, body) {
    const made = element("tr", "", body);
    const none = words().not_stated;
    const cells = {
      name: name(row),
      layer: words().layers[row.layer] + (row.envelope ? ` · ${words().envelope}` : ""),
      where: places(row) || words().print_unplaced,
      size: row.capacity || none,
      owner: row.owner || none,
      status: words().statuses[row.status],
      clause: `${words().plans[row.plan]} ${row.clause}`,
    };
    for (const column of COLUMNS) element("td", "", made).textContent = cells[column];
  }

  function listen() {
    window.parent.onbeforeprint = before; // assigned, so that a frame drawn anew replaces the old one
    window.parent.onafterprint = after;
  }

  window.fengtuPrint = { listen };
})();
