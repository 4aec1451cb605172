/* What the parts of the map share: the state of the view and the smallest common functions.

   All text goes through textContent: nothing from a file is ever read as HTML. */
(function () {
  "use strict";

  const said = {};
  const view = { map: null, state: null, districts: null, projects: null, marks: new Map() };

  function element(tag, name, parent) {
    const made = document.createElement(tag);
    made.className = name;
    if (parent) parent.appendChild(made);
    return made;
  }

  /** Set what differs only: an attribute written anew costs a style, the same value or not. */
  function put(node, attributes) {
    for (const [key, value] of Object.entries(attributes)) {
      if (node.getAttribute(key) !== String(value)) node.setAttribute(key, value);
    }
  }

  /** The words of this run: those that never change were fetched with the projects. */
  function words() {
    const { state, look } = view;
    if (!state || !look) return {};
    if (said.of !== state) Object.assign(said, { of: state, all: { ...look.words[state.language], ...state.words } });
    return said.all;
  }

  /** A sentence with its values filled in. */
  function say(key, values) {
    return words()[key].replace(/\{(\w+)\}/g, (whole, each) => (each in values ? values[each] : whole));
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
    return answerWith(layer, () => ({ kind, id }));
  }

  /** The same, decided at the time of the click. */
  function answerWith(layer, decide) {
    layer.toGeoJSON = () => ({
      type: "Feature",
      properties: { ...decide(), at: Date.now() },
      geometry: null,
    });
    return layer;
  }

  /** Hand an answer to the server without a layer that was clicked. */
  function send(kind, id) {
    view.symbols.fire("click", { layer: answerTo({}, kind, id) });
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

  window.fengtuView = { view, element, put, words, say, name, isChosen, answerTo, answerWith, send, rings, outlined };
})();
