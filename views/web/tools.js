/* The map's own buttons: the whole area, this view in the link, full screen, print. */
(function () {
  "use strict";

  const { view, element, words, send } = window.fengtuView;

  const SIGNS = {
    whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M9 9h6v6H9z",
    keep: "M7 3h10v18l-5-4.5L7 21z",
    fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    print: "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
  };
  const DECIMALS = 4; // about 10 m
  const buttons = {};

  const Tools = L.Control.extend({
    onAdd() {
      const bar = element("div", "leaflet-bar fg-tools", null);
      for (const [key, act] of Object.entries({ whole, keep, fullscreen, print })) {
        const made = (buttons[key] = element("button", "", bar));
        made.type = "button";
        made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SIGNS[key]}"/></svg>`;
        made.addEventListener("click", act);
      }
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    },
  });

  function spot() {
    const { lat, lng } = view.map.getCenter();
    return [lng.toFixed(DECIMALS), lat.toFixed(DECIMALS), view.map.getZoom()].join(",");
  }

  function isKept() {
    const { at } = view.state;
    const zoom = view.map.getZoom();
    if (!at || at[2] !== zoom) return false;
    const far = view.map.project(view.map.getCenter(), zoom).distanceTo(view.map.project([at[1], at[0]], zoom));
    return far < 3; // pixels: Leaflet pans by whole ones
  }

  function keep() {
    if (isKept()) send("area", view.state.area);
    else send("at", spot());
  }

  function whole() {
    if (view.state.at) send("area", view.state.area);
    window.fengtu.frame();
  }

  function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }

  function print() {
    window.parent.print();
  }

  /** Words and states of the buttons, in the language of this run. */
  function label() {
    const isFull = Boolean(document.fullscreenElement);
    const names = { whole: "whole", keep: isKept() ? "kept" : "keep", fullscreen: isFull ? "fullscreen_end" : "fullscreen", print: "print" };
    for (const [key, name] of Object.entries(names)) {
      buttons[key].title = words()[name];
      buttons[key].setAttribute("aria-label", words()[name]);
    }
    buttons.keep.setAttribute("aria-pressed", String(isKept()));
    buttons.fullscreen.hidden = !document.fullscreenEnabled;
  }

  function drawTools() {
    new Tools({ position: "topleft" }).addTo(view.map);
    view.map.on("moveend", () => view.state && view.look && label());
    document.addEventListener("fullscreenchange", () => {
      if (L.Browser.mobile) view.map.dragging[document.fullscreenElement ? "enable" : "disable"]();
      label();
    });
  }

  window.fengtuTools = { drawTools, label };
})();
