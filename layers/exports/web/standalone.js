/* The map as one file: the same parts as in the app, fed from the page itself instead of a server.

   All text goes through textContent; nothing is fetched. */
(function () {
  "use strict";

  const { view, element, name } = window.fengtuView;
  const data = window.fengtuData;
  const panel = document.getElementById("panel");

  window.fetch = (key) => Promise.resolve({ ok: true, json: () => Promise.resolve(data[key]) });

  function line(parent, tag, words, style) {
    element(tag, style || "", parent).textContent = words;
  }

  function title(words, under) {
    panel.replaceChildren();
    line(panel, "h2", words);
    if (under) line(panel, "p", under, "fg-under");
  }

  /** Every column of a project that is stated, with codes as words. */
  function showProject(id) {
    const row = data.rows[id];
    title(row[data.name], data.codes.layer[row.layer]);
    if (row.plan_status === "draft") line(panel, "p", data.words.draft, "fg-draft-mark");
    const list = element("dl", "", panel);
    for (const [column, heading] of data.headings) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      line(list, "dt", heading);
      const known = (data.codes[column] || {})[value];
      line(list, "dd", known || (typeof value === "boolean" ? data.words[value] : String(value)));
    }
  }

  function showCounty(code) {
    const ids = Object.keys(data.rows).filter((id) =>
      String(data.rows[id].district_codes || "").split(";").includes(code)
    );
    title(name(view.byCode.get(code)), `${data.words.rows} ${ids.length}`);
    const list = element("ul", "", panel);
    for (const id of ids) {
      const button = element("button", "", element("li", "", list));
      button.type = "button";
      button.textContent = data.rows[id][data.name];
      button.addEventListener("click", () => show("project", id));
    }
  }

  function showBadge(id) {
    const badge = data.state.badges.find((each) => each.id === id);
    title(badge.text, badge.hint);
  }

  function show(kind, id) {
    const answer = { project: showProject, district: showCounty, target: showBadge }[kind];
    if (!answer) return; // the view in the link: there is no link here
    answer(id);
    panel.scrollTop = 0;
    const colours = Object.fromEntries((data.tints[id] || []).map((code) => [code, data.tint]));
    const state = { ...data.state, focus: id, colours, token: id };
    window.fengtu.paint(state);
    for (const row of document.querySelectorAll("tr[data-id]")) {
      row.classList.toggle("fg-chosen", row.dataset.id === id);
    }
  }

  const map = L.map("map_div", data.options);
  window.fengtu.start(map, { districts: "districts", projects: "projects" });
  window.fengtu.paint(data.state);
  for (const group of [view.symbols, view.counties, view.badges]) {
    group.on("click", (event) => {
      const { kind, id } = event.layer.toGeoJSON().properties;
      show(kind, id);
    });
  }
  for (const button of document.querySelectorAll("button[data-id]")) {
    button.addEventListener("click", () => {
      show("project", button.dataset.id);
      document.getElementById("map_div").scrollIntoView({ block: "nearest" });
    });
  }
})();
