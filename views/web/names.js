/* Names on the map: those that stay from one arrangement to the next are moved, not built anew. */
(function () {
  "use strict";

  const { view, element } = window.fengtuView;

  const drawn = new Map();
  let kept = null;

  /** A name on two lines at most; what does not fit ends in dots, the card has all of it. */
  function wrapped(text, most) {
    const words = text.match(/[（(]*(?:[\w.+×/-]+[ ）)、，]*|.[）)、，：]*)/gu);
    const lines = [""];
    for (const each of words) {
      if (lines.at(-1).length + each.length > most && lines.at(-1)) lines.push("");
      lines[lines.length - 1] += each;
    }
    return lines.length > 2 ? [lines[0], `${lines[1].trim().slice(0, most - 1)}…`] : lines;
  }

  function textWidth(text, font) {
    let width = 0;
    for (const sign of text) width += sign.charCodeAt(0) > 0x2e7f ? font : font * 0.58;
    return width;
  }

  function startNames() {
    kept = new Set();
  }

  /** A name in the middle of {x, y}; the lines under a county's own are its draft mark. */
  function drawName({ x, y, lines, font }, style, isRow = false) {
    let key = [style, font, isRow, ...lines].join("|");
    while (kept.has(key)) key += "|"; // two rows may carry one name
    kept.add(key);
    const at = view.map.unproject([x, y], view.map.getZoom());
    const known = drawn.get(key);
    if (known) {
      if (!known.getLatLng().equals(at)) known.setLatLng(at);
      return;
    }
    const icon = L.divIcon({ className: "fg-name", iconSize: [0, 0] });
    const marker = L.marker(at, { icon, pane: "names", interactive: false, keyboard: false });
    view.names.addLayer(marker);
    drawn.set(key, marker);
    const label = element("span", style, marker.getElement());
    label.style.fontSize = `${font}px`;
    lines.forEach((line, index) => {
      element("span", index && !isRow ? "fg-draft" : "", label).textContent = line;
    });
  }

  function endNames() {
    for (const [key, marker] of drawn) {
      if (kept.has(key)) continue;
      view.names.removeLayer(marker);
      drawn.delete(key);
    }
  }

  window.fengtuNames = { startNames, drawName, endNames, wrapped, textWidth };
})();
