/* The county map in the browser: draws two fetched files, repaints on small messages.

   `fengtu.start(map, addresses)` is called once, `fengtu.paint(state)` after every change of the
   selection. All text goes through textContent: nothing from a file is ever read as HTML. */
(function () {
  "use strict";

  const { Taken, spread, label } = window.fengtuSpread;
  const view = { map: null, state: null, districts: null, projects: null, marks: new Map() };

  // ---- start -----------------------------------------------------------------------------

  function start(map, addresses) {
    view.map = map;
    for (const [name, level] of [["context", 300], ["districts", 350], ["areas", 360], ["names", 450]]) {
      map.createPane(name).style.zIndex = level;
    }
    map.getPane("areas").style.pointerEvents = "none";
    map.getPane("names").style.pointerEvents = "none";
    map.keyboard.disable();
    view.counties = group({ pane: "districts" });
    view.symbols = group({});
    view.outlines = group({});
    view.names = group({});
    view.badges = group({});
    if (L.Browser.mobile) map.scrollWheelZoom.disable();
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    furniture();
    map.on("zoomend", arrange);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    Promise.all([fetched(addresses.districts), fetched(addresses.projects)]).then(
      ([districts, projects]) => {
        view.districts = districts;
        view.projects = new Map(projects.projects.map((row) => [row.id, row]));
        view.look = projects;
        drawDistricts();
        if (view.state) render();
      },
      (error) => {
        view.tray.textContent = String(error);
        view.tray.hidden = false;
      }
    );
  }

  function group(options) {
    const made = L.featureGroup([], options).addTo(view.map);
    made.on("mouseover", (event) => hint(event.layer, event.originalEvent));
    made.on("mousemove", (event) => hint(event.layer, event.originalEvent));
    made.on("mouseout", () => hint(null));
    return made;
  }

  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  function element(tag, name, parent) {
    const made = document.createElement(tag);
    made.className = name;
    if (parent) parent.appendChild(made);
    return made;
  }

  function furniture() {
    const frame = view.map.getContainer();
    view.stamp = element("div", "fg-stamp", frame);
    view.edition = element("div", "fg-edition", frame);
    view.tip = element("div", "fg-tip", frame);
    view.tip.hidden = true;
    view.tray = element("section", "fg-tray", document.body);
    view.tray.hidden = true;
  }

  // ---- districts -------------------------------------------------------------------------

  /** What a click on a layer hands to the server: an id and a time that makes it new. */
  function answerTo(layer, kind, id) {
    layer.toGeoJSON = () => ({
      type: "Feature",
      properties: { id, kind, at: Date.now() },
      geometry: null,
    });
    return layer;
  }

  function drawDistricts() {
    const swap = (feature, style, options) =>
      L.geoJSON(feature, { ...options, style: () => style, smoothFactor: 0.6 });
    const context = { color: "#c9d1d1", weight: 0.7, fillColor: "#e9edeb", fillOpacity: 1 };
    view.byCode = new Map();
    for (const feature of view.districts.features) {
      const { code, plan } = feature.properties;
      view.byCode.set(code, feature.properties);
      feature.properties.rings = rings(feature.geometry);
      if (!plan) {
        swap(feature, context, { pane: "context", interactive: false }).addTo(view.map);
        continue;
      }
      swap(feature, { className: "fg-county" }, { pane: "districts" }).eachLayer((layer) => {
        layer.tip = () => [name(feature.properties), words().county_hint];
        feature.properties.layer = layer;
        view.counties.addLayer(answerTo(layer, "district", code));
        layer.getElement().dataset.code = code;
      });
    }
    const outline = { color: "#5d7376", weight: 1.8, fill: false };
    for (const area of view.districts.areas) {
      swap(area, outline, { pane: "areas", interactive: false }).addTo(view.outlines);
    }
  }

  function rings(geometry) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return parts.flat().map((ring) => ring.map(([lon, lat]) => [lat, lon]));
  }

  function tint() {
    const { colours, focus, districts, plans } = view.state;
    const chosen = new Set(districts);
    for (const properties of view.byCode.values()) {
      if (!properties.layer) continue;
      const { code, plan } = properties;
      const off = (plans.length && !plans.includes(plan)) || (chosen.size && !chosen.has(code));
      properties.layer.setStyle({
        color: code === focus ? "#0f5e5a" : "#a9b8b6",
        weight: code === focus ? 2.6 : 0.9,
        fillColor: colours[code] || (off ? "#eef1ee" : "#fbfaf4"),
        fillOpacity: 1,
      });
      if (code === focus) properties.layer.bringToFront();
    }
  }

  // ---- paint -----------------------------------------------------------------------------

  function paint(state) {
    view.state = state;
    if (view.projects) render();
  }

  function words() {
    return view.state ? view.state.words : {};
  }

  function name(row) {
    return view.state && view.state.language === "en" ? row.en : row.zh;
  }

  function render() {
    const { state } = view;
    document.documentElement.lang = state.language;
    view.stamp.textContent = state.words.stamp;
    view.edition.textContent = state.words.edition;
    tray();
    fit();
    tint();
    arrange();
    view.map.getContainer().dataset.painted = state.token;
  }

  /** Fit the view when the choice of plans changes, and only then. */
  function fit() {
    const { frame } = view.state;
    if (view.framed === frame.key) return;
    view.framed = frame.key;
    view.map.invalidateSize({ pan: false });
    const [west, south, east, north] = frame.bounds;
    view.map.fitBounds([[south, west], [north, east]], { animate: false, padding: [14, 14] });
  }

  const FAR = 8; // pixels; a mark this small is a ring in its layer's colour
  const AREA_NAMES_BELOW = 8.4; // zoom; above it the counties' own names tell enough

  // ---- symbols, names, badges --------------------------------------------------------------

  function sizes() {
    const zoom = view.map.getZoom();
    if (zoom < 6.8) return { small: FAR, big: 14, shared: FAR - 1, font: 10 };
    if (zoom < 7.6) return { small: 14, big: 18, shared: FAR, font: 11 };
    if (zoom < 8.6) return { small: 17, big: 22, shared: 14, font: 12 };
    if (zoom < 9.6) return { small: 21, big: 26, shared: 18, font: 13 };
    return { small: 25, big: 30, shared: 21, font: 14 };
  }

  function size(row) {
    const chosen = sizes();
    const full = view.look.big.includes(row.layer) ? chosen.big : chosen.small;
    return row.look === "shared" ? Math.min(full, chosen.shared) : full;
  }

  /** Places for all that is visible, in order of need: sites, cities, badges, symbols, counties. */
  function arrange() {
    if (!view.projects || !view.state) return;
    const zoom = view.map.getZoom();
    const pixel = (lat, lon) => view.map.project([lat, lon], zoom);
    const home = homes(pixel);
    const taken = new Taken();
    const marks = visibleMarks(pixel);
    const others = marks.filter((mark) => !mark.fixed);
    for (const mark of others) mark.home = mark.code ? home(mark.code) : null;
    view.names.clearLayers();
    spread(marks.filter((mark) => mark.fixed), taken);
    if (zoom < AREA_NAMES_BELOW) drawAreaNames(pixel, taken);
    drawBadges(pixel, taken);
    if (zoom >= AREA_NAMES_BELOW) drawCountyNames(pixel, home, taken);
    spread(others, taken);
    if (zoom < AREA_NAMES_BELOW) drawCountyNames(pixel, home, taken);
    drawMarks(marks, zoom);
  }

  /** Outlines of districts in pixels of this zoom, computed when first needed. */
  function homes(pixel) {
    const known = new Map();
    return (code) => {
      const district = view.byCode.get(code);
      if (!district) return null;
      if (!known.has(code)) {
        known.set(code, outlined(district.rings, pixel));
      }
      return known.get(code);
    };
  }

  function outlined(outline, pixel) {
    return outline.map((ring) =>
      ring.map(([lat, lon]) => {
        const at = pixel(lat, lon);
        return [at.x, at.y];
      })
    );
  }

  function visibleMarks(pixel) {
    const zoom = view.map.getZoom();
    const marks = [];
    for (const id of view.state.visible) {
      const row = view.projects.get(id);
      row.points.forEach(([lon, lat], index) => {
        const at = pixel(lat, lon);
        marks.push({
          key: `${id}#${index}`, row, x: at.x, y: at.y, size: size(row) + 2,
          code: row.codes[index], fixed: row.look === "site",
          least: zoom < AREA_NAMES_BELOW && !view.look.big.includes(row.layer) ? FAR + 2 : 0,
        });
      });
    }
    const rank = (mark) => (mark.row.look === "shared" ? 2 : view.look.big.includes(mark.row.layer) ? 0 : 1);
    return marks.sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
  }

  function drawMarks(marks, zoom) {
    const seen = new Set();
    for (const mark of marks) {
      seen.add(mark.key);
      const at = view.map.unproject([mark.px, mark.py], zoom);
      let marker = view.marks.get(mark.key);
      if (!marker) {
        marker = newMarker(mark.row, at);
        view.marks.set(mark.key, marker);
        view.symbols.addLayer(marker);
      }
      marker.setLatLng(at);
      const drawn = marker.getElement();
      drawn.style.setProperty("--size", `${mark.size - 2}px`);
      drawn.style.setProperty("--ink", view.look.colours[mark.row.layer]);
      drawn.classList.toggle("fg-far", mark.size <= FAR + 2);
      drawn.classList.toggle("fg-focus", mark.row.id === view.state.focus);
    }
    for (const [key, marker] of view.marks) {
      if (seen.has(key)) continue;
      view.symbols.removeLayer(marker);
      view.marks.delete(key);
    }
  }

  function newMarker(row, at) {
    const icon = L.divIcon({
      className: `fg-mark fg-${row.look}`,
      html: view.look.symbols[row.layer][row.look],
      iconSize: [0, 0],
    });
    const marker = L.marker(at, { icon, keyboard: false, bubblingMouseEvents: false });
    marker.tip = () => tipLines(row);
    marker.on("add", () => {
      marker.getElement().dataset.id = row.id;
      marker.getElement().dataset.layer = row.layer;
    });
    return answerTo(marker, "project", row.id);
  }

  function tipLines(row) {
    const state = view.state;
    const places = row.codes.map((code) => name(view.byCode.get(code) || { zh: code, en: code }));
    const place = places.slice(0, 4).join(state.language === "zh" ? "、" : ", ") + (places.length > 4 ? "…" : "");
    const second = [state.words.layers[row.layer], place, row.capacity].filter(Boolean).join(" · ");
    return [name(row), second, row.draft ? state.words.draft : ""].filter(Boolean);
  }

  function textWidth(text, font) {
    let width = 0;
    for (const sign of text) width += sign.charCodeAt(0) > 0x2e7f ? font : font * 0.58;
    return width;
  }

  function drawAreaNames(pixel, taken) {
    const labels = view.districts.areas.map((area) => {
      const { properties } = area;
      const lines = [name(properties)];
      if (properties.draft) lines.push(words().draft);
      const font = sizes().font + (properties.city ? 4 : 0);
      const home = properties.city ? outlined(rings(area.geometry), pixel) : "anywhere";
      const style = (properties.city ? "fg-city" : "") + (isChosen(properties.plan) ? "" : " fg-quiet");
      return { ...nameLabel(pixel, properties, lines, font, home), style };
    });
    for (const each of label(labels, taken)) drawName(each, each.style);
  }

  function drawCountyNames(pixel, home, taken) {
    const { font } = sizes();
    const labels = [];
    const overview = view.map.getZoom() < AREA_NAMES_BELOW;
    const named = new Set(overview ? view.districts.areas.map((area) => area.properties.plan) : []);
    for (const properties of view.byCode.values()) {
      if (!isChosen(properties.plan) || (properties.draft && named.has(properties.plan))) continue;
      const lines = [name(properties)];
      if (properties.draft) lines.push(words().draft);
      labels.push(nameLabel(pixel, properties, lines, font, home(properties.code)));
    }
    labels.sort((a, b) => b.lines.length - a.lines.length);
    for (const each of label(labels, taken)) drawName(each, "");
  }

  /** Does a plan belong to the selection (no choice means all)? */
  function isChosen(plan) {
    const { plans } = view.state;
    return Boolean(plan) && (!plans.length || plans.includes(plan));
  }

  function nameLabel(pixel, properties, lines, font, home) {
    const [lon, lat] = properties.at;
    const at = pixel(lat, lon);
    const width = Math.max(...lines.map((line) => textWidth(line, font * 1.08))) + 6;
    return { x: at.x, y: at.y, width, height: (font + 3) * lines.length, lines, font, home };
  }

  function drawName(each, style) {
    const icon = L.divIcon({ className: "fg-name", iconSize: [0, 0] });
    const at = view.map.unproject([each.x, each.y], view.map.getZoom());
    const marker = L.marker(at, { icon, pane: "names", interactive: false, keyboard: false });
    view.names.addLayer(marker);
    const drawn = element("span", style, marker.getElement());
    drawn.style.fontSize = `${each.font}px`;
    each.lines.forEach((line, index) => {
      element("span", index ? "fg-draft" : "", drawn).textContent = line;
    });
  }

  /** City badges: targets whose things have no named site yet. */
  function drawBadges(pixel, taken) {
    view.badges.clearLayers();
    for (const badge of view.state.badges) {
      const at = pixel(badge.lat, badge.lon);
      const width = textWidth(badge.text, 12) + 40;
      const step = [0, -22, 22, -44, 44, -66, 66].find(
        (dy) => !taken.hits([at.x - width / 2, at.y + dy - 12, at.x + width / 2, at.y + dy + 12])
      ) || 0;
      taken.add([at.x - width / 2, at.y + step - 12, at.x + width / 2, at.y + step + 12]);
      const icon = L.divIcon({ className: "fg-badge", iconSize: [0, 0] });
      const where = view.map.unproject([at.x, at.y + step], view.map.getZoom());
      const marker = L.marker(where, { icon, keyboard: false, bubblingMouseEvents: false });
      marker.tip = () => [badge.text, badge.hint];
      view.badges.addLayer(answerTo(marker, "target", badge.id));
      const drawn = element("span", "", marker.getElement());
      drawn.innerHTML = view.look.symbols[badge.layer].hollow;
      element("b", "", drawn).textContent = badge.text;
      marker.getElement().dataset.target = badge.id;
    }
  }

  // ---- hint and tray ---------------------------------------------------------------------------

  function hint(layer, event) {
    const lines = layer && layer.tip ? layer.tip() : null;
    view.tip.hidden = !lines;
    if (!lines || !event) return;
    view.tip.replaceChildren();
    lines.forEach((line) => (element("div", "", view.tip).textContent = line));
    const frame = view.map.getContainer().getBoundingClientRect();
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
    button.classList.toggle("fg-focus", row.id === view.state.focus);
    button.title = tipLines(row).join("\n");
    button.setAttribute("aria-label", tipLines(row).join("，"));
    const layer = answerTo({}, "project", row.id);
    button.addEventListener("click", () => view.symbols.fire("click", { layer }));
  }

  window.fengtu = { start, paint };
})();
