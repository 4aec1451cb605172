/* What the parts of the map share: the state of the view and the smallest common functions.

   All text goes through textContent: nothing from a file is ever read as HTML. */
(function () {
  "use strict";

  const view = { map: null, state: null, districts: null, projects: null, marks: new Map() };

  function element(tag, name, parent) {
    const made = document.createElement(tag);
    made.className = name;
    if (parent) parent.appendChild(made);
    return made;
  }

  function words() {
    return view.state ? view.state.words : {};
  }

  function name(row) {
    return view.state && view.state.language === "en" ? row.en : row.zh;
  }

  /** Does a plan belong to the selection (no choice means all)? */
  function isChosen(plan) {
    const { plans } = view.state;
    return Boolean(plan) && (!plans.length || plans.includes(plan));
  }

  /** What a click on a layer hands to the server: an id and a time that makes it new. */
  function answerTo(layer, kind, id) {
    layer.toGeoJSON = () => ({
      type: "Feature",
      properties: { id, kind, at: Date.now() },
      geometry: null,
    });
    return layer;
  }

  function rings(geometry) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return parts.flat().map((ring) => ring.map(([lon, lat]) => [lat, lon]));
  }

  function outlined(outline, pixel) {
    return outline.map((ring) =>
      ring.map(([lat, lon]) => {
        const at = pixel(lat, lon);
        return [at.x, at.y];
      })
    );
  }

  window.fengtuView = { view, element, words, name, isChosen, answerTo, rings, outlined };
})();
