/* Counties: the province faint, the plans' areas clear, a tint for the chosen row.

   Every county can be clicked where the map has levels; without them only those of a plan. */
(function () {
  "use strict";

  const { view, put, name, answerWith, rings } = window.fengtuView;
  const { cityOf, hasLevels, isInside, ground } = window.fengtuLevels;
  const { countyLines } = window.fengtuCard;

  /** Find every county by its code; drawn they are once the view has its place. */
  function know() {
    view.byCode = new Map();
    for (const { properties, geometry } of view.districts.features) {
      view.byCode.set(properties.code, properties);
      properties.rings = rings(geometry);
    }
  }

  function drawDistricts() {
    const swap = (feature, style, options) =>
      L.geoJSON(feature, { ...options, style: () => style, smoothFactor: 0.6 });
    for (const feature of view.districts.features) {
      const { code, plan } = feature.properties;
      const className = plan ? "fg-county" : "fg-ground";
      swap(feature, { className }, { pane: plan ? "districts" : "context" }).eachLayer((layer) => {
        layer.tip = () => (plan || hasLevels() ? countyLines(feature.properties) : null);
        feature.properties.layer = layer;
        view.counties.addLayer(answerWith(layer, () => ground(code)));
        layer.getElement().dataset.code = code;
      });
    }
    for (const area of view.districts.areas) {
      const drawn = swap(area, { fill: false }, { pane: "areas", interactive: false });
      drawn.eachLayer((layer) => view.outlines.addLayer(layer));
    }
  }

  const PATTERNS =
    '<pattern id="fg-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<rect width="7" height="7" fill="#fbfaf4"/><path d="M0 0V7" stroke="#b98a3c" stroke-width="3"/></pattern>' +
    '<pattern id="fg-dots" width="7" height="7" patternUnits="userSpaceOnUse">' +
    '<rect width="7" height="7" fill="#fbfaf4"/><circle cx="3.5" cy="3.5" r="1.3" fill="#5b7a8c"/></pattern>';

  /** Fills that are no class: hatched where no figure is stated, dotted where it is not split. */
  function patterns() {
    const drawing = view.map.getPane("districts").querySelector("svg");
    if (!drawing || drawing.querySelector("defs")) return;
    const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
    defs.innerHTML = PATTERNS;
    drawing.prepend(defs);
  }

  const TINT = "#f7e3b5";
  const FAINT = { clear: "#eef1ee", ground: "#e5eae8" };
  const CLEAR = { clear: "#fbfaf4", ground: "#f3f4ee" };

  /** Colours of the chosen row's counties, outlines of the counties that the filter names. */
  function tint() {
    const { focus, districts, beside, area, tips, shade } = view.state;
    patterns();
    document.body.classList.toggle("fg-shaded", Boolean(tips || shade));
    document.body.classList.toggle("fg-flat", !hasLevels());
    const chosen = new Set(districts);
    for (const properties of view.byCode.values()) {
      const { code, plan, layer } = properties;
      const stands = code === area || (code === focus && !area) || chosen.has(code);
      const marked = stands || code === beside;
      restyle(layer, {
        color: stands ? "#0f5e5a" : marked ? "#c58a2b" : plan ? "#8ea29f" : "#cdd5d3",
        weight: marked ? 2.6 : plan ? 0.9 : 0.7,
        fillColor: fillOf(properties, chosen),
        fillOpacity: 1,
      });
      put(layer.getElement(), { "aria-label": name(properties) });
      if (marked) layer.bringToFront();
    }
    view.outlines.eachLayer((each) => restyle(each, outline(each.feature.properties)));
    tintAlso(view.tinted || null);
  }

  /** Set a style where it differs: most counties keep theirs from one change to the next. */
  function restyle(layer, style) {
    if (Object.keys(style).some((key) => layer.options[key] !== style[key])) layer.setStyle(style);
  }

  /** The outline of a plan's area; faint where the map has gone elsewhere. */
  function outline({ code }) {
    const { area } = view.state;
    const isOpen = !area || cityOf(code) === cityOf(area);
    return isOpen ? { color: "#5d7376", weight: 1.8 } : { color: "#a3b2b0", weight: 1.2 };
  }

  function fillOf(properties, chosen) {
    const { colours, plans, area } = view.state;
    const { code, plan } = properties;
    const kind = plan ? "clear" : "ground";
    const isOff = (plans.length && !plans.includes(plan)) || (chosen.size && !chosen.has(code));
    if (colours[code]) return colours[code];
    if (area && isInside(properties)) return CLEAR[kind];
    return isOff || !plan || (area && !isInside(properties)) ? FAINT[kind] : CLEAR[kind];
  }

  /** The counties of a shared row or line under the pointer, over whatever colours them. */
  function tintAlso(row) {
    view.tinted = row;
    view.hover.clearLayers();
    const focused = view.state.shade ? view.projects.get(view.state.focus) : null;
    for (const each of [row, focused]) {
      if (!each || (each.where.length < 2 && !each.line)) continue;
      for (const code of each.where) {
        const properties = view.byCode.get(code);
        if (!properties) continue;
        const style = { color: "#c58a2b", weight: 1.6, fillColor: TINT, fillOpacity: 0.6 };
        const outline = properties.rings.map((ring) => [ring]);
        view.hover.addLayer(L.polygon(outline, { ...style, pane: "hover", interactive: false }));
      }
    }
  }

  window.fengtuDistricts = { know, drawDistricts, tint, tintAlso };
})();
