/* Counties: the province faint, the plans' areas clear, a tint for the chosen row. */
(function () {
  "use strict";

  const { view, words, name, answerTo, rings } = window.fengtuView;

  function drawDistricts() {
    const swap = (feature, style, options) =>
      L.geoJSON(feature, { ...options, style: () => style, smoothFactor: 0.6 });
    const context = { color: "#cdd5d3", weight: 0.7, fillColor: "#e5eae8", fillOpacity: 1 };
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
        const said = () => (view.state.tips || {})[code] || [];
        layer.tip = () => [name(feature.properties), ...said(), words().county_hint];
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

  /** Colours of the chosen row's counties, outlines of the counties that the filter names. */
  function tint() {
    const { colours, focus, districts, plans, beside } = view.state;
    patterns();
    document.body.classList.toggle("fg-shaded", Boolean(view.state.tips));
    const chosen = new Set(districts);
    view.beyond.clearLayers();
    for (const properties of view.byCode.values()) {
      const { code, plan } = properties;
      const stands = code === focus || chosen.has(code);
      const off = (plans.length && !plans.includes(plan)) || (chosen.size && !chosen.has(code));
      const style = {
        color: stands ? "#0f5e5a" : code === beside ? "#c58a2b" : "#8ea29f",
        weight: stands || code === beside ? 2.6 : 0.9,
        fillColor: colours[code] || (off ? "#eef1ee" : "#fbfaf4"),
        fillOpacity: 1,
      };
      if (properties.layer) {
        properties.layer.setStyle(style);
        if (stands || code === beside) properties.layer.bringToFront();
      } else if (stands || colours[code]) {
        const outline = properties.rings.map((ring) => [ring]);
        view.beyond.addLayer(L.polygon(outline, { ...style, pane: "beyond", interactive: false }));
      }
    }
  }

  window.fengtuDistricts = { drawDistricts, tint };
})();
