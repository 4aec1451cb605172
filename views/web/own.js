/* A user's areas: outlines with names over the counties and under the symbols, in a pane of their
   own. Each is a file that is fetched once; what cannot be fetched is said in the legend. */
(function () {
  "use strict";

  const { view, element } = window.fengtuView;

  const files = new Map(); // address → promise of its content
  const drawn = new Map(); // id → layer

  function content(url) {
    if (!files.has(url)) {
      files.set(
        url,
        fetch(url).then((answer) => {
          if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
          return answer.json();
        })
      );
    }
    return files.get(url);
  }

  function label(at, text) {
    const icon = L.divIcon({ className: "fg-own-name", iconSize: [0, 0] });
    const marker = L.marker(at, { icon, pane: "own", interactive: false, keyboard: false });
    marker.on("add", () => {
      const box = marker.getElement();
      box.replaceChildren();
      element("span", "", box).textContent = text;
    });
    return marker;
  }

  function layerOf({ features, names }, colour) {
    const style = { color: colour, weight: 1.8, dashArray: "6 3", fillColor: colour, fillOpacity: 0.07 };
    const outlines = L.geoJSON(features, { style: () => style, pane: "own", interactive: false });
    return L.layerGroup([outlines, ...names.map(([text, lon, lat]) => label([lat, lon], text))]);
  }

  /** Draw what is wanted now, take away what is not; an answer that comes late counts for nothing. */
  function areas() {
    const wanted = new Map((view.state.areas || []).map((each) => [each.id + each.url, each]));
    for (const [key, layer] of drawn) {
      if (wanted.has(key)) continue;
      if (layer) view.map.removeLayer(layer);
      drawn.delete(key);
    }
    for (const [key, each] of wanted) {
      if (drawn.has(key)) continue;
      drawn.set(key, null);
      content(each.url).then(
        (found) => {
          if (drawn.get(key) !== null) return;
          drawn.set(key, layerOf(found, each.colour).addTo(view.map));
          tell();
        },
        () => {
          files.delete(each.url);
          drawn.delete(key);
        }
      );
    }
    tell();
  }

  /** For whoever waits: which areas stand on the map. */
  function tell() {
    view.map.getContainer().dataset.areas = [...drawn].filter(([, layer]) => layer).length;
  }

  window.fengtuOwn = { areas };
})();
