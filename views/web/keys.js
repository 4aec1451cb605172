/* The keyboard: one stop for the counties, one for the symbols; arrows move inside, Enter opens. */
(function () {
  "use strict";

  const { view, put } = window.fengtuView;
  const { hintAt, hide } = window.fengtuCard;

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const ASIDE = 1.5; // how much worse a step to the side is than one ahead
  const stops = { county: null, mark: null }; // what Tab reaches in each group

  function groups() {
    const counties = [...view.byCode.values()].map((each) => each.layer);
    return {
      county: counties.filter((each) => each.getElement()),
      mark: [...view.marks.values(), ...view.badges.getLayers()],
    };
  }

  function groupOf(target) {
    return target.closest(".fg-mark, .fg-badge") ? "mark" : target.closest("[data-code]") ? "county" : null;
  }

  /** After every arrangement: exactly one symbol and one county are stops of the Tab key. */
  function refresh() {
    if (document.body.classList.contains("fg-flat")) return;
    for (const [kind, layers] of Object.entries(groups())) {
      const known = layers.includes(stops[kind]) ? stops[kind] : first(kind, layers);
      layers.forEach((each) => put(each.getElement(), { tabindex: each === known ? "0" : "-1", role: "button" }));
      stops[kind] = known;
    }
  }

  /** The first in reading order; of the counties the one that is gone into or belongs to a plan. */
  function first(kind, layers) {
    if (kind === "county") {
      const { area } = view.state;
      const inside = [...view.byCode.values()].find((each) => (area ? area === each.code || area === each.city : each.plan));
      return inside ? inside.layer : layers[0];
    }
    const at = (each) => view.map.latLngToContainerPoint(each.getLatLng());
    return layers.reduce((best, each) => (!best || at(each).y + at(each).x / 4 < at(best).y + at(best).x / 4 ? each : best), null);
  }

  function middle(layer) {
    const place = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
    return view.map.latLngToContainerPoint(place);
  }

  /** The nearest in a direction: ahead counts once, aside more. */
  function next(layers, from, [right, down]) {
    const start = middle(from);
    let best = null;
    let least = Infinity;
    for (const each of layers) {
      const at = middle(each);
      const ahead = (at.x - start.x) * right + (at.y - start.y) * down;
      const aside = Math.abs((at.x - start.x) * down) + Math.abs((at.y - start.y) * right);
      if (each === from || ahead < 1) continue;
      if (ahead + aside * ASIDE < least) [best, least] = [each, ahead + aside * ASIDE];
    }
    return best;
  }

  function reach(kind, layer) {
    if (!layer) return;
    if (stops[kind]) stops[kind].getElement().setAttribute("tabindex", "-1");
    stops[kind] = layer;
    const drawn = layer.getElement();
    drawn.setAttribute("tabindex", "0");
    drawn.focus({ preventScroll: true });
    const at = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
    view.map.panInside(at, { padding: [60, 60], animate: false });
    hintAt(layer, drawn.getBoundingClientRect());
  }

  function pressed(event) {
    const kind = groupOf(event.target);
    if (!kind) return;
    const layers = groups()[kind];
    const here = layers.find((each) => each.getElement() === event.target);
    if (!here) return;
    if (event.key === "Enter" || event.key === " ") {
      (kind === "county" ? view.counties : view.symbols).fire("click", { layer: here });
    } else if (WAYS[event.key]) {
      reach(kind, next(layers, here, WAYS[event.key]));
    } else return;
    event.preventDefault();
  }

  function listen() {
    const frame = view.map.getContainer();
    frame.removeAttribute("tabindex"); // its own keys are off, so it is no stop
    frame.addEventListener("keydown", pressed);
    frame.addEventListener("focusin", (event) => {
      const kind = groupOf(event.target);
      const here = kind && groups()[kind].find((each) => each.getElement() === event.target);
      if (here && event.target.matches(":focus-visible")) hintAt(here, event.target.getBoundingClientRect());
    });
    frame.addEventListener("focusout", hide);
  }

  window.fengtuKeys = { refresh, listen };
})();
