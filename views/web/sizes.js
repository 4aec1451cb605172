/* Symbols as large as their MW: the area of a circle is proportional to the printed figure.

   A row with one place is a filled circle there. What stands in several counties and every
   programme is one dashed ring, so that it is not taken for a plant nor seen several times. */
(function () {
  "use strict";

  const { view, answerTo } = window.fengtuView;
  const { projectLines } = window.fengtuCard;

  const LEAST = 5; // pixels; the legend says so

  /** How much of the full scale a zoom leaves room for. */
  function factor() {
    const zoom = view.map.getZoom();
    return zoom < 6.8 ? 0.55 : zoom < 7.6 ? 0.7 : zoom < 8.6 ? 0.85 : zoom < 9.6 ? 1.1 : 1.4;
  }

  function diameterOf(mw) {
    const { top, px } = view.state.sizes;
    return Math.max(LEAST, px * factor() * Math.sqrt(mw / top));
  }

  function isRing(row) {
    return row.envelope || row.points.length > 1;
  }

  /** The diameter of a row's circle; null where symbols are alike or the row states no MW. */
  function diameter(row) {
    return view.state.sizes && row.mw && !isRing(row) ? diameterOf(row.mw) : null;
  }

  /** A symbol as a circle of its size, or framed where its size means nothing. */
  function dress(mark, marker) {
    const drawn = marker.getElement();
    const isUnsized = Boolean(view.state.sizes) && !mark.wide;
    drawn.classList.toggle("fg-sized", Boolean(mark.wide));
    drawn.classList.toggle("fg-unsized", isUnsized && Boolean(mark.row.technology) && !mark.row.mw);
    drawn.classList.toggle("fg-no-plant", isUnsized && !mark.row.technology);
    const above = mark.wide ? -Math.round(mark.wide) * 4 : 0; // the small above the large
    if (marker.options.zIndexOffset !== above) marker.setZIndexOffset(above);
  }

  /** One ring per programme or shared row, in the middle of its counties. */
  function drawRings() {
    view.rings.clearLayers();
    if (!view.state.sizes) return;
    for (const id of view.state.visible) {
      const row = view.projects.get(id);
      if (row.mw && row.points.length && isRing(row)) ring(row);
    }
  }

  function ring(row) {
    const middle = (axis) => row.points.reduce((sum, point) => sum + point[axis], 0) / row.points.length;
    const made = L.circleMarker([middle(1), middle(0)], {
      radius: diameterOf(row.mw) / 2,
      color: view.look.colours[row.layer],
      weight: 1.8,
      dashArray: "5 4",
      fill: false,
      pane: "rings",
      className: "fg-ring",
      bubblingMouseEvents: false,
    });
    made.row = row;
    made.tip = () => projectLines(row);
    view.rings.addLayer(answerTo(made, "project", row.id));
    made.getElement().dataset.ring = row.id;
  }

  window.fengtuSizes = { diameter, diameterOf, dress, drawRings };
})();
