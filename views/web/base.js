/* The base layer: tiles under the counties, from the address that the user set up and chose.

   A layer in GCJ-02 is moved back tile by tile: each tile stands where its own middle belongs, so
   that it is off by less than a pixel at the zooms of this map. */
(function () {
  "use strict";

  const { view, element } = window.fengtuView;
  const ENOUGH = 3; // tiles that failed before anything is said

  const AXIS = 6378245.0;
  const ECC2 = 0.00669342162296594323;

  function waves(t, first, second, upper, lower) {
    return first * Math.sin((t * Math.PI) / upper) + second * Math.sin((t * Math.PI) / lower);
  }

  /** From WGS-84 to GCJ-02; the same lines as in geo/crs.py. */
  function shifted({ lng, lat }) {
    const x = lng - 105;
    const y = lat - 35;
    const common = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
    const root = Math.sqrt(Math.abs(x));
    let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    east += ((common + waves(x, 20, 40, 1, 3) + waves(x, 150, 300, 12, 30)) * 2) / 3;
    let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    north += ((common + waves(y, 20, 40, 1, 3) + waves(y, 160, 320, 12, 30)) * 2) / 3;
    const phi = (lat * Math.PI) / 180;
    const magic = 1 - ECC2 * Math.sin(phi) ** 2;
    const degrees = 180 / Math.PI;
    return L.latLng(
      lat + (north / ((AXIS * (1 - ECC2)) / (magic * Math.sqrt(magic)))) * degrees,
      lng + (east / ((AXIS / Math.sqrt(magic)) * Math.cos(phi))) * degrees
    );
  }

  function unshifted(at) {
    let found = at;
    for (let step = 0; step < 5; step += 1) {
      const ahead = shifted(found);
      found = L.latLng(found.lat + at.lat - ahead.lat, found.lng + at.lng - ahead.lng);
    }
    return found;
  }

  /** How far, in pixels of its zoom, the middle of a tile has to move. */
  function moved(layer, coords) {
    const middle = coords.add([0.5, 0.5]).scaleBy(layer.getTileSize());
    const at = layer._map.unproject(middle, coords.z);
    return layer._map.project(unshifted(at), coords.z).subtract(middle);
  }

  const back = {
    _getTilePos(coords) {
      const usual = L.GridLayer.prototype._getTilePos.call(this, coords);
      return usual.add(moved(this, coords)).round();
    },
    // More tiles at the edges, by as much as they move.
    _getTiledPixelBounds(center) {
      const usual = L.GridLayer.prototype._getTiledPixelBounds.call(this, center);
      const zoom = this._tileZoom;
      const by = this._map.project(shifted(center), zoom).subtract(this._map.project(center, zoom));
      const pad = L.point(Math.abs(by.x) + 2, Math.abs(by.y) + 2);
      return L.bounds(usual.min.subtract(pad), usual.max.add(pad));
    },
    _initTile(tile) {
      L.GridLayer.prototype._initTile.call(this, tile);
      const size = this.getTileSize();
      tile.style.width = `${size.x + 1}px`; // neighbours move by fractions: no gap between them
      tile.style.height = `${size.y + 1}px`;
    },
  };
  const ShiftedTiles = L.TileLayer.extend(back);
  const ShiftedWms = L.TileLayer.WMS.extend(back);

  function made({ url, options, wms }, isShifted) {
    const all = {
      ...options,
      ...(wms || {}),
      minZoom: 0,
      maxZoom: 24,
      keepBuffer: 1,
      referrerPolicy: "strict-origin", // this page's host at most, never the link
    };
    if (wms) return isShifted ? new ShiftedWms(url, all) : L.tileLayer.wms(url, all);
    return isShifted ? new ShiftedTiles(url, all) : L.tileLayer(url, all);
  }

  function note() {
    if (!view.baseNote) {
      view.baseNote = element("div", "fg-base-note", view.map.getContainer());
      view.baseNote.setAttribute("role", "status");
    }
    return view.baseNote;
  }

  /** Count what comes and what fails; say so once nothing else can be expected. */
  function watch(layer, count) {
    const said = () => {
      const isFailing = count.failed >= ENOUGH && count.failed > count.loaded;
      note().textContent = isFailing && view.state.base ? view.state.base.failed : "";
      document.body.classList.toggle("fg-based", !isFailing); // nothing to see through to
    };
    layer.on("tileload", () => {
      count.loaded += 1;
      said();
    });
    layer.on("tileerror", () => {
      count.failed += 1;
      said();
    });
  }

  function base() {
    const wanted = view.state.base || null;
    const key = wanted ? JSON.stringify(wanted.layers) : "";
    if (view.baseKey === key) return;
    view.baseKey = key;
    document.body.classList.toggle("fg-based", Boolean(wanted));
    (view.baseLayers || []).forEach((layer) => view.map.removeLayer(layer));
    note().textContent = "";
    const count = { loaded: 0, failed: 0 };
    view.baseLayers = (wanted ? wanted.layers : []).map((each) => {
      const layer = made(each, wanted.shifted);
      watch(layer, count);
      return layer.addTo(view.map);
    });
  }

  window.fengtuBase = { base, shifted };
})();
