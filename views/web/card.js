/* The card under the pointer or at the focus: what a county carries, what a project says.

   A line is plain text, or {text, as} with a style; all of it goes through textContent. */
(function () {
  "use strict";

  const { view, element, words, say, name } = window.fengtuView;
  const { hasLevels, groundHint } = window.fengtuLevels;
  const { crowd, crowdLines } = window.fengtuClusters;

  const PLACES_UP_TO = 4;
  const TECHNOLOGIES_UP_TO = 4;
  const WATTS = { wan: 1e7, mw: 1e6 };

  function power(watts) {
    const { unit } = view.state;
    const value = (watts / WATTS[unit]).toLocaleString("en-US", { maximumFractionDigits: 7 });
    return `${value} ${words().units[unit]}`;
  }

  function join(names) {
    return names.join(view.state.language === "zh" ? "、" : ", ");
  }

  function places(row) {
    if (!row.where.length) return "";
    const names = row.where.map((code) => name(view.byCode.get(code) || { zh: code, en: code }));
    const more = names.length > PLACES_UP_TO ? say("places_more", { count: names.length }) : "";
    return join(names.slice(0, PLACES_UP_TO)) + more;
  }

  function capacity(row) {
    return row.capacity ? say("size_of", { value: row.capacity }) : words().size_none;
  }

  /** What is known of a project; what the plan does not say is said too. */
  function projectLines(row) {
    const kind = [words().layers[row.layer], row.envelope ? words().envelope : ""].filter(Boolean);
    return [
      { text: name(row), as: "fg-title" },
      { text: kind.join(" · "), as: "fg-kind" },
      places(row),
      row.look === "approximate" ? words().approximate : "",
      capacity(row),
      row.owner ? say("owner_of", { value: row.owner }) : words().owner_none,
      say("status_of", { value: words().statuses[row.status] }),
      say("clause_of", { value: `${words().plans[row.plan]} ${row.clause}` }),
    ].filter((line) => line && (line.text === undefined || line.text));
  }

  function tipLines(row) {
    return projectLines(row).map((line) => line.text || line);
  }

  /** Which of the shown rows name a county. */
  function rowsOf(code) {
    return view.state.visible.map((id) => view.projects.get(id)).filter((row) => row.where.includes(code));
  }

  /** MW of rows that lie in one county alone, per technology: never added over technologies. */
  function locatedOf(rows) {
    const which = view.state.inferred === false ? 1 : 0;
    const sums = new Map();
    for (const row of rows) {
      const watts = row.located[which] || 0;
      if (watts) sums.set(row.technology, (sums.get(row.technology) || 0) + watts);
    }
    return [...sums].sort((a, b) => b[1] - a[1]);
  }

  function countyLines(properties) {
    const { code, plan } = properties;
    const said = (view.state.tips || {})[code] || [];
    const title = { text: name(properties), as: "fg-title" };
    const hint = { text: groundHint(code), as: "fg-hint" };
    if (!hasLevels()) return [title, ...said, hint];
    const under = plan ? say("plan_of", { name: words().plans[plan] }) : words().no_plan;
    if (crowd()) return [title, { text: under, as: "fg-kind" }, ...said, ...crowdLines(code), hint];
    return [title, { text: under, as: "fg-kind" }, ...said, ...counted(rowsOf(code), Boolean(plan)), hint];
  }

  function counted(rows, isPlanned) {
    if (!rows.length) return isPlanned ? [words().county_no_rows] : [];
    const shared = rows.filter((row) => row.where.length > 1).length;
    const lines = [say("county_rows", { count: rows.length, shared })];
    const six = rows.filter((row) => view.look.big.includes(row.layer));
    if (six.length) {
      const parts = view.look.big
        .map((layer) => [words().layers[layer], six.filter((row) => row.layer === layer).length])
        .filter(([, count]) => count)
        .map(([label, count]) => say("count_of", { name: label, count }));
      lines.push(say("county_six", { count: six.length, parts: join(parts) }));
    }
    return [...lines, ...located(rows)];
  }

  function located(rows) {
    const sums = locatedOf(rows);
    if (!sums.length) return [];
    const lines = sums.slice(0, TECHNOLOGIES_UP_TO).map(([technology, watts]) =>
      say("technology_mw", { name: words().technologies[technology], value: power(watts) })
    );
    if (sums.length > TECHNOLOGIES_UP_TO) lines.push(say("more", { count: sums.length - TECHNOLOGIES_UP_TO }));
    return [{ text: words().located, as: "fg-part" }, ...lines];
  }

  function hint(layer, event) {
    if (!layer || !layer.tip || !event) return hide();
    const frame = view.map.getContainer().getBoundingClientRect();
    show(layer, event.clientX - frame.left + 14, event.clientY - frame.top + 14);
  }

  /** The card beside what the keyboard has reached. */
  function hintAt(layer, box) {
    const frame = view.map.getContainer().getBoundingClientRect();
    const middle = box.left + Math.min(box.width, 60) / 2;
    show(layer, middle - frame.left + 16, box.top - frame.top + Math.min(box.height, 60) / 2 + 12);
  }

  function hide() {
    view.tip.hidden = true;
    view.tipped = null;
    window.fengtuDistricts.tintAlso(null);
  }

  function show(layer, x, y) {
    const lines = layer.tip();
    if (!lines) return hide();
    view.tip.hidden = false;
    const frame = view.map.getContainer().getBoundingClientRect();
    if (view.tipped !== layer) {
      view.tipped = layer;
      fill(lines);
      window.fengtuDistricts.tintAlso(layer.row || null);
    }
    view.tip.style.left = `${Math.max(4, Math.min(x, frame.width - view.tip.offsetWidth - 8))}px`;
    view.tip.style.top = `${Math.max(4, Math.min(y, frame.height - view.tip.offsetHeight - 8))}px`;
  }

  function fill(lines) {
    view.tip.replaceChildren();
    const isNarrow = window.parent.innerWidth <= 640; // there the details stand under the map
    if (isNarrow && lines.at(-1).as === "fg-hint") lines = [...lines.slice(0, -1), { text: words().below, as: "fg-hint" }];
    for (const line of lines) {
      element("div", line.as || "", view.tip).textContent = line.text === undefined ? line : line.text;
    }
  }

  window.fengtuCard = { projectLines, tipLines, countyLines, hint, hintAt, hide, places, power };
})();
