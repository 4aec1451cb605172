/* Counties as counts: what stands on the map when there are more rows than symbols can show. */
(function () {
  "use strict";

  const { view, element, words, say, name, answerWith } = window.fengtuView;
  const { ground, groundHint, hasLevels, isInside } = window.fengtuLevels;

  const SIZES = [[1000, 46], [300, 38], [100, 32], [0, 26]]; // rows from, pixels
  const STEPS = [0, -12, 12, -20, 20]; // pixels up and down, to clear a city's badge
  const LAYERS_UP_TO = 6;

  function crowd() {
    return view.state && view.state.crowd;
  }

  /** One circle per county at its inner point; a click is a click on the county. */
  function drawClusters(pixel, taken) {
    if (!crowd()) return;
    for (const [code, [rows]] of Object.entries(crowd().counties)) {
      const county = view.byCode.get(code);
      if (!county) continue;
      const [lon, lat] = county.at;
      const size = SIZES.find(([from]) => rows >= from)[1] * (view.map.getZoom() < 7.6 ? 0.75 : 1);
      const at = pixel(lat, lon);
      const around = (dy) => [at.x - size / 2, at.y + dy - size / 2, at.x + size / 2, at.y + dy + size / 2];
      const step = STEPS.find((dy) => !taken.hits(around(dy))) || 0;
      taken.add(around(step));
      const where = view.map.unproject([at.x, at.y + step], view.map.getZoom());
      const icon = L.divIcon({ className: "fg-badge fg-cluster", iconSize: [0, 0] });
      const marker = L.marker(where, { icon, keyboard: false, bubblingMouseEvents: false });
      marker.tip = () => cardOf(county);
      view.badges.addLayer(answerWith(marker, () => ground(code)));
      const drawn = marker.getElement();
      drawn.dataset.cluster = code;
      drawn.style.setProperty("--size", `${size}px`);
      drawn.classList.toggle("fg-quiet", hasLevels() && !isInside(county));
      drawn.setAttribute("aria-label", [name(county), ...crowdLines(code)].join("，"));
      element("span", "", drawn).textContent = rows.toLocaleString("en-US");
    }
  }

  function cardOf(county) {
    const hint = { text: groundHint(county.code), as: "fg-hint" };
    return [{ text: name(county), as: "fg-title" }, ...crowdLines(county.code), hint];
  }

  /** What the card of a county says: rows, of them shared, and the layers with most rows. */
  function crowdLines(code) {
    const found = crowd().counties[code];
    if (!found) return [];
    const [count, shared, layers] = found;
    const parts = layers.slice(0, LAYERS_UP_TO).map(([layer, rows]) => say("count_of", { name: words().layers[layer], count: rows }));
    const more = layers.length > LAYERS_UP_TO ? [say("more", { count: layers.length - LAYERS_UP_TO })] : [];
    return [say("county_rows", { count, shared }), ...parts, ...more];
  }

  /** Why there are counts, and the tray as counts by plan: thousands of symbols would tell nobody anything. */
  function crowdTray() {
    const { tray } = crowd();
    view.tray.hidden = false;
    element("p", "fg-crowd", view.tray).textContent = crowd().note;
    if (!Object.keys(tray).length) return;
    const head = element("h2", "", view.tray);
    head.textContent = words().tray;
    element("small", "", head).textContent = crowd().tray_note;
    for (const plan of view.state.trayPlans.filter((each) => tray[each.id])) {
      const line = element("div", "fg-tray-plan", view.tray);
      element("b", "", line).textContent = `${plan.name} ${tray[plan.id].toLocaleString("en-US")}`;
    }
  }

  window.fengtuClusters = { crowd, drawClusters, crowdLines, crowdTray };
})();
