/* Picking a place: the next click on the map, whatever lies under it, answers with its coordinates
   in WGS-84 and the zoom; Escape ends it. What is picked or typed stands as a provisional mark.

   Tiles in GCJ-02 are moved back under the map, so that a click on them is WGS-84 too. */
(function () {
  "use strict";

  const { view, element, send } = window.fengtuView;
  const DECIMALS = 5; // about 1 m
  const APART = ".leaflet-control, .fg-crumb"; // what stands on the map and keeps its own clicks
  const CLOSE = 17; // zoom over a base layer: it shows what the outlines cannot

  let isAnswered = false;
  let usual = null;

  function isPicking() {
    return Boolean(view.state && view.state.pick);
  }

  function pick() {
    const { pick: hint, spot, base } = view.state;
    const starts = hint && !document.body.classList.contains("fg-picking");
    document.body.classList.toggle("fg-picking", Boolean(hint));
    isAnswered = false;
    note().textContent = hint || "";
    usual = usual || view.map.getMaxZoom();
    const most = (hint || spot) && base ? CLOSE : usual;
    if (view.map.getMaxZoom() !== most) view.map.setMaxZoom(most);
    show(spot || null);
    if (starts) reach();
  }

  /** The map comes into sight and hears the keys. */
  function reach() {
    if (window.frameElement) window.frameElement.scrollIntoView({ block: "nearest" });
    view.pickNote.tabIndex = -1;
    view.pickNote.focus({ preventScroll: true });
  }

  function note() {
    if (!view.pickNote) {
      view.pickNote = element("div", "fg-pick-note", view.map.getContainer());
      view.pickNote.setAttribute("role", "status");
    }
    return view.pickNote;
  }

  /** The provisional place and how far it may be off. */
  function show(spot) {
    const said = JSON.stringify(spot);
    if (view.spotSaid === said) return;
    view.spotSaid = said;
    if (view.spotLayer) view.map.removeLayer(view.spotLayer);
    view.spotLayer = null;
    if (!spot) return;
    const [lon, lat, metres] = spot;
    const common = { pane: "spot", interactive: false, color: "#b3261e", weight: 2 };
    const parts = [L.circleMarker([lat, lon], { ...common, radius: 6, fillColor: "#fff", fillOpacity: 0.9, className: "fg-spot" })];
    if (metres) parts.unshift(L.circle([lat, lon], { ...common, radius: metres, weight: 1, dashArray: "4 3", fillOpacity: 0.08 }));
    view.spotLayer = L.layerGroup(parts).addTo(view.map);
  }

  function taken(event) {
    if (!isPicking() || event.target.closest(APART)) return;
    event.stopPropagation();
    if (isAnswered || view.map.dragging.moved()) return;
    isAnswered = true; // the second click of two opens nothing
    const { lat, lng } = view.map.mouseEventToLatLng(event);
    send("pick", [lng.toFixed(DECIMALS), lat.toFixed(DECIMALS), view.map.getZoom().toFixed(2)].join(","));
  }

  function pressed(event) {
    if (event.key !== "Escape" || !isPicking()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send("pick", "");
  }

  function listen() {
    view.map.getContainer().addEventListener("click", taken, true);
    document.addEventListener("keydown", pressed, true);
  }

  window.fengtuPick = { pick, listen };
})();
