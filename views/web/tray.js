/* The hint under the pointer, and the tray of rows that no county is known for. */
(function () {
  "use strict";

  const { view, element, name, answerTo } = window.fengtuView;

  const NAMED_UP_TO = 60; // rows; more stand as symbols only, their names in hint and table

  function tipLines(row) {
    const state = view.state;
    const places = row.codes.map((code) => name(view.byCode.get(code) || { zh: code, en: code }));
    const place = places.slice(0, 4).join(state.language === "zh" ? "、" : ", ") + (places.length > 4 ? "…" : "");
    const second = [state.words.layers[row.layer], place, row.capacity].filter(Boolean).join(" · ");
    const doubt = row.look === "approximate" ? state.words.approximate : "";
    return [name(row), second, doubt, row.draft ? state.words.draft : ""].filter(Boolean);
  }

  function hint(layer, event) {
    const lines = layer && layer.tip ? layer.tip() : null;
    view.tip.hidden = !lines;
    if (!lines || !event) return;
    view.tip.replaceChildren();
    const frame = view.map.getContainer().getBoundingClientRect();
    if (frame.width < 560) lines.push(view.state.words.below);
    lines.forEach((line) => (element("div", "", view.tip).textContent = line));
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    view.tip.style.left = `${Math.min(x + 14, frame.width - view.tip.offsetWidth - 8)}px`;
    view.tip.style.top = `${Math.min(y + 14, frame.height - view.tip.offsetHeight - 8)}px`;
  }

  /** Rows that no county is known for wait here, in sight and in every count. */
  function tray() {
    const { state } = view;
    const waiting = state.visible.map((id) => view.projects.get(id)).filter((row) => !row.points.length);
    view.tray.replaceChildren();
    view.tray.hidden = !waiting.length;
    view.tray.classList.toggle("fg-named", waiting.length <= NAMED_UP_TO);
    if (!waiting.length) return;
    const head = element("h2", "", view.tray);
    head.textContent = state.words.tray;
    element("small", "", head).textContent = state.words.tray_hint;
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

  window.fengtuTray = { tipLines, hint, tray };
})();
