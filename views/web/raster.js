/* A raster over the base layer and under the counties: one picture in its own pane. */
(function () {
  "use strict";

  const { view, element, words } = window.fengtuView;
  const USUAL = 75; // per cent

  /** How strongly the picture covers what lies under it; the reader's own choice stays. */
  function strengthen() {
    const share = (view.rasterStrength || USUAL) / 100;
    if (view.raster) view.raster.setOpacity(share);
    document.body.style.setProperty("--fg-raster", share);
  }

  function note(text) {
    if (!view.rasterNote) {
      view.rasterNote = element("div", "fg-raster-note", view.map.getContainer());
      view.rasterNote.setAttribute("role", "status");
    }
    view.rasterNote.textContent = text;
  }

  function raster() {
    const wanted = view.state.raster || null;
    const key = wanted ? wanted.url : "";
    document.body.classList.toggle("fg-rastered", Boolean(wanted));
    if (view.rasterKey === key) return;
    view.rasterKey = key;
    if (view.raster) view.map.removeLayer(view.raster);
    view.raster = null;
    note("");
    if (!wanted) return;
    const [west, south, east, north] = wanted.bounds;
    const options = { pane: "raster", interactive: false, alt: "", className: "fg-raster" };
    view.raster = L.imageOverlay(wanted.url, [[south, west], [north, east]], options);
    view.raster.on("error", () => note(view.state.raster ? view.state.raster.failed : ""));
    view.raster.on("load", () => (view.map.getContainer().dataset.raster = key));
    view.raster.addTo(view.map);
    strengthen();
  }

  /** The slider that sets the strength, for the legend. */
  function strength(parent) {
    const label = element("label", "fg-strength", parent);
    element("span", "", label).textContent = words().raster_strength;
    const slider = element("input", "", label);
    Object.assign(slider, { type: "range", min: 10, max: 100, step: 5, value: view.rasterStrength || USUAL });
    slider.addEventListener("input", () => {
      view.rasterStrength = Number(slider.value);
      strengthen();
    });
  }

  window.fengtuRaster = { raster, strength };
})();
