/* Symbols, names and badges: arranged anew at every zoom and every change. */
(function () {
  "use strict";

  const { view, element, put, words, name, isChosen, answerTo, rings, outlined } = window.fengtuView;
  const { projectLines, tipLines } = window.fengtuCard;
  const { cityOf, hasLevels, isInside } = window.fengtuLevels;
  const { drawClusters } = window.fengtuClusters;
  const { diameter, dress, drawRings } = window.fengtuSizes;
  const { Taken, spread, label, inside } = window.fengtuSpread;
  const { startNames, drawName, endNames, wrapped, textWidth } = window.fengtuNames;

  const FAR = 8; // pixels; a mark this small is a ring in its layer's colour
  const NEIGHBOUR_NAMES_FROM = 9;
  const ROOM = 76; // pixels for a symbol with its name
  const ROOM_HEIGHT = 55;
  const FILLED = 0.6; // of its box that a county usually fills
  const ROOMY_UP_TO = 30; // rows in a county; more stand as symbols only
  const AREA_NAMES_BELOW = 8.4; // zoom; above it the counties' own names tell enough

  function sizes() {
    const zoom = view.map.getZoom();
    if (zoom < 6.8) return { small: FAR, big: 14, shared: FAR - 1, font: 10 };
    if (zoom < 7.6) return { small: 14, big: 18, shared: FAR, font: 11 };
    if (zoom < 8.6) return { small: 17, big: 22, shared: 14, font: 12 };
    if (zoom < 9.6) return { small: 21, big: 26, shared: 18, font: 13 };
    return { small: 25, big: 30, shared: 21, font: 14 };
  }

  /** A pin stands at a sourced point, exact or approximate, and is never moved. */
  function isPin(row) {
    return row.look === "site" || row.look === "approximate";
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
    roomForNames(marks);
    const others = marks.filter((mark) => !mark.fixed);
    for (const mark of others) mark.home = mark.code ? home(mark.code) : null;
    startNames();
    spread(marks.filter((mark) => mark.fixed), taken);
    const overview = zoom < AREA_NAMES_BELOW && !view.state.area;
    const { crowd } = view.state; // counts stand still, so the cities' names make way for them
    if (overview && !crowd) drawAreaNames(pixel, taken);
    drawBadges(pixel, taken);
    drawClusters(pixel, taken);
    if (overview && crowd) drawAreaNames(pixel, taken);
    if (!overview) drawCountyNames(pixel, home, taken);
    spread(others, taken);
    if (overview) drawCountyNames(pixel, home, taken);
    else if (zoom < AREA_NAMES_BELOW) drawAreaNames(pixel, taken);
    drawRowNames(others);
    endNames();
    drawMarks(marks, zoom);
    drawRings();
    window.fengtuKeys.refresh();
    window.fengtuLegend.legend();
    view.map.getContainer().dataset.arranged = zoom;
  }

  /** Outlines of districts in pixels of this zoom, computed when first needed and kept for it. */
  function homes(pixel) {
    if (!view.homes || view.homes.zoom !== view.map.getZoom()) {
      view.homes = { zoom: view.map.getZoom(), known: new Map() };
    }
    const { known } = view.homes;
    return (code) => {
      const district = view.byCode.get(code);
      if (!district) return null;
      if (!known.has(code)) {
        known.set(code, mainland(outlined(district.rings, pixel)));
      }
      return known.get(code);
    };
  }

  /** The rings large enough to hold symbols; an islet off the coast is no place for them. */
  function mainland(outline) {
    const area = (ring) =>
      Math.abs(
        ring.reduce((sum, [x, y], i) => {
          const [nextX, nextY] = ring[(i + 1) % ring.length];
          return sum + (x * nextY - nextX * y) / 2;
        }, 0)
      );
    const areas = outline.map(area);
    const least = Math.max(...areas) / 10;
    return outline.filter((ring, i) => areas[i] >= least);
  }

  function visibleMarks(pixel) {
    const zoom = view.map.getZoom();
    const marks = [];
    for (const id of view.state.visible) {
      const row = view.projects.get(id);
      row.points.forEach(([lon, lat], index) => {
        const at = pixel(lat, lon);
        const wide = diameter(row); // of its MW; none where all are alike
        marks.push({
          key: `${id}#${index}`, row, x: at.x, y: at.y, size: (wide || size(row)) + 2, wide,
          code: row.codes[index], fixed: isPin(row),
          least: wide ? wide + 2 : zoom < AREA_NAMES_BELOW ? FAR + 2 : 14,
        });
      });
    }
    const rank = (mark) => (mark.row.look === "shared" ? 2 : view.look.big.includes(mark.row.layer) ? 0 : 1);
    return marks.sort((a, b) => (b.wide || 0) - (a.wide || 0) || rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
  }

  /** Inside one county there is room for names: symbols stand further apart. */
  function roomForNames(marks) {
    const { area } = view.state;
    const here = marks.filter((mark) => mark.code === area && !mark.fixed);
    if (!view.byCode.has(area) || here.length > ROOMY_UP_TO || view.map.getZoom() < 9) return;
    const bounds = view.byCode.get(area).layer.getBounds();
    const corners = [bounds.getNorthWest(), bounds.getSouthEast()].map((each) => view.map.latLngToLayerPoint(each));
    const extent = corners[1].subtract(corners[0]);
    if (extent.x * extent.y * FILLED < here.length * ROOM * ROOM_HEIGHT) return; // all names or none
    for (const mark of here) mark.room = ROOM;
  }

  /** The names of the rows of the county that the map has gone into, in the room kept for them. */
  function drawRowNames(marks) {
    for (const mark of marks.filter((each) => each.room)) {
      const lines = wrapped(name(mark.row), view.state.language === "zh" ? 7 : 13);
      const height = lines.length * 12.5;
      drawName({ x: mark.px, y: mark.py + mark.size / 2 - 2 + height / 2, lines, font: 10.5 }, "fg-row-name", true);
    }
  }

  function drawMarks(marks, zoom) {
    const seen = new Set();
    for (const mark of marks) {
      seen.add(mark.key);
      const at = view.map.unproject([mark.px, mark.py], zoom);
      let marker = view.marks.get(mark.key);
      if (!marker) {
        marker = newMarker(mark.row, at, mark.key);
        view.marks.set(mark.key, marker);
        view.symbols.addLayer(marker);
      }
      if (!marker.getLatLng().equals(at)) marker.setLatLng(at);
      const drawn = marker.getElement();
      const [wide, ink] = [`${mark.size - 2}px`, view.look.colours[mark.row.layer]];
      if (drawn.style.getPropertyValue("--size") !== wide) drawn.style.setProperty("--size", wide);
      if (drawn.style.getPropertyValue("--ink") !== ink) drawn.style.setProperty("--ink", ink);
      drawn.classList.toggle("fg-far", !mark.wide && mark.size <= FAR + 2);
      dress(mark, marker);
      put(drawn, { "aria-label": tipLines(mark.row).join("，") });
      drawn.classList.toggle("fg-focus", mark.row.id === view.state.focus);
    }
    for (const [key, marker] of view.marks) {
      if (seen.has(key)) continue;
      view.symbols.removeLayer(marker);
      view.marks.delete(key);
    }
  }

  function newMarker(row, at, key) {
    const icon = L.divIcon({
      className: `fg-mark fg-${row.look}${isPin(row) ? " fg-pin" : ""}`,
      html: view.look.symbols[row.layer][row.look],
      iconSize: [0, 0],
    });
    const marker = L.marker(at, { icon, keyboard: false, bubblingMouseEvents: false });
    marker.tip = () => [...projectLines(row), { text: words().open_project, as: "fg-hint" }];
    marker.row = row;
    marker.on("add", () => {
      const drawn = marker.getElement();
      Object.assign(drawn.dataset, { id: row.id, key });
      drawn.tabIndex = -1;
      drawn.setAttribute("role", "button");
      drawn.dataset.layer = row.layer;
    });
    return answerTo(marker, "project", row.id);
  }

  /** Is a county or a plan's area part of what is looked at? */
  function isShown(properties) {
    const { area } = view.state;
    return hasLevels() && area ? isInside(properties) : isChosen(properties.plan);
  }

  /** Does the area that the map has gone into lie in this plan's city? */
  function isOpen(properties) {
    return cityOf(properties.code) === cityOf(view.state.area);
  }

  function drawAreaNames(pixel, taken) {
    const others = view.districts.areas.filter(({ properties }) => !view.state.area || !isOpen(properties));
    const labels = others.map((area) => {
      const { properties } = area;
      const lines = [name(properties)];
      if (properties.draft) lines.push(words().draft);
      const font = sizes().font + (properties.city ? 4 : 0);
      const home = properties.city ? outlined(rings(area.geometry), pixel) : "anywhere";
      const style = (properties.city ? "fg-city" : "") + (isShown(properties) ? "" : " fg-quiet");
      return { ...nameLabel(pixel, properties, lines, font, home), style };
    });
    for (const each of label(labels, taken)) drawName(each, each.style);
  }

  function drawCountyNames(pixel, home, taken) {
    const { font } = sizes();
    const labels = [];
    const zoom = view.map.getZoom();
    const overview = zoom < AREA_NAMES_BELOW && !view.state.area;
    const named = new Set(overview ? view.districts.areas.map((area) => area.properties.plan) : []);
    for (const properties of view.byCode.values()) {
      const picked = view.state.districts.includes(properties.code);
      const chosen = picked || isShown(properties);
      if (!chosen && zoom < NEIGHBOUR_NAMES_FROM) continue;
      if (properties.draft && named.has(properties.plan)) continue;
      const lines = [name(properties)];
      if (properties.draft) lines.push(words().draft);
      const made = nameLabel(pixel, properties, lines, font, home(properties.code));
      labels.push({ ...made, picked, style: chosen ? "" : "fg-quiet" });
    }
    const rank = (each) => (each.picked ? 0 : each.style ? 3 : each.lines.length > 1 ? 1 : 2);
    labels.sort((a, b) => rank(a) - rank(b));
    for (const each of label(labels, taken)) drawName(each, each.style);
  }

  function nameLabel(pixel, properties, lines, font, home) {
    const [lon, lat] = properties.at;
    const at = pixel(lat, lon);
    const width = Math.max(...lines.map((line) => textWidth(line, font * 1.08))) + 6;
    return { x: at.x, y: at.y, width, height: (font + 3) * lines.length, lines, font, home };
  }

  /** City badges: targets whose things have no named site yet. */
  function drawBadges(pixel, taken) {
    view.badges.clearLayers();
    for (const badge of view.state.badges) {
      const at = pixel(badge.lat, badge.lon);
      const width = textWidth(badge.text, 12) + 40;
      const area = view.districts.areas.find((each) => badge.id.startsWith(`${each.properties.plan}:`));
      const home = outlined(rings(area.geometry), pixel);
      const step = [0, -22, 22, -44, 44, -66, 66].find(
        (dy) =>
          inside(home, at.x, at.y + dy) &&
          !taken.hits([at.x - width / 2, at.y + dy - 12, at.x + width / 2, at.y + dy + 12])
      ) || 0;
      taken.add([at.x - width / 2, at.y + step - 12, at.x + width / 2, at.y + step + 12]);
      const icon = L.divIcon({ className: "fg-badge", iconSize: [0, 0] });
      const where = view.map.unproject([at.x, at.y + step], view.map.getZoom());
      const above = { zIndexOffset: 1000 }; // a mark may touch the badge, never hide its words
      const marker = L.marker(where, { icon, keyboard: false, bubblingMouseEvents: false, ...above });
      marker.tip = () => [badge.text, badge.hint];
      view.badges.addLayer(answerTo(marker, "target", badge.id));
      const drawn = element("span", "", marker.getElement());
      drawn.innerHTML = view.look.symbols[badge.layer].hollow;
      element("b", "", drawn).textContent = badge.text;
      marker.getElement().dataset.target = badge.id;
    }
  }

  window.fengtuMarks = { arrange };
})();
