/* The tray of rows that no county is known for. */
(function () {
  "use strict";

  const { view, element, words, name, answerTo } = window.fengtuView;
  const { tipLines } = window.fengtuCard;
  const { crowd, crowdTray } = window.fengtuClusters;

  const NAMED_UP_TO = 60; // rows; more stand as symbols only, their names in hint and table

  /** Rows that no county is known for wait here, in sight and in every count. */
  function tray() {
    const { state } = view;
    const waiting = state.visible.map((id) => view.projects.get(id)).filter((row) => !row.points.length);
    const said = crowd() ? "" : [state.language, state.unit, state.focus, ...state.trayPlans.map((plan) => plan.name), ...waiting.map((row) => row.id)].join("|");
    if (said && said === view.trayed) return;
    view.trayed = said;
    view.tray.replaceChildren();
    if (crowd()) return crowdTray();
    view.tray.hidden = !waiting.length;
    view.tray.classList.toggle("fg-named", waiting.length <= NAMED_UP_TO);
    if (!waiting.length) return;
    const head = element("h2", "", view.tray);
    head.textContent = words().tray;
    element("small", "", head).textContent = words().tray_hint;
    for (const plan of state.trayPlans) {
      const rows = waiting.filter((row) => row.plan === plan.id);
      if (!rows.length) continue;
      const line = element("div", "fg-tray-plan", view.tray);
      element("b", "", line).textContent = `${plan.name} ${rows.length}`;
      const list = element("span", "", line);
      rows.forEach((row) => trayButton(row, list));
    }
  }

  function trayButton(row, list) {
    const button = element("button", "", list);
    button.type = "button";
    button.dataset.id = row.id;
    button.innerHTML = view.look.symbols[row.layer][row.look];
    element("span", "", button).textContent = name(row);
    button.classList.toggle("fg-focus", row.id === view.state.focus);
    button.title = tipLines(row).join("\n");
    button.setAttribute("aria-label", tipLines(row).join("，"));
    const layer = answerTo({}, "project", row.id);
    button.addEventListener("click", () => view.symbols.fire("click", { layer }));
  }

  window.fengtuTray = { tray };
})();
