/* The county map in the browser: draws two fetched files, repaints on small messages.

   `fengtu.start(map, addresses)` is called once, `fengtu.paint(state)` after every change of the
   selection. */
(function () {
  "use strict";

  const { view, element, words, answerTo } = window.fengtuView;
  const { know, drawDistricts, tint } = window.fengtuDistricts;
  const { hint } = window.fengtuCard;
  const { tray } = window.fengtuTray;
  const { arrange } = window.fengtuMarks;
  const { base } = window.fengtuBase;
  const { raster } = window.fengtuRaster;
  const { areas } = window.fengtuOwn;
  const { pick, listen: picking } = window.fengtuPick;
  const { drawPath, listen } = window.fengtuLevels;
  const { listen: keys } = window.fengtuKeys;
  const { drawLegend, legend } = window.fengtuLegend;
  const { listen: printing } = window.fengtuPrint;
  const { drawTools, label } = window.fengtuTools;

  /** Symbols and names move flat: as hundreds of 3-D layers they take longer to compose than to draw. */
  function flat(Marker) {
    const { _setPos } = Marker.prototype;
    Marker.include({
      _setPos(at) {
        L.Browser.ie3d = true; // Leaflet writes a flat transform then
        _setPos.call(this, at);
        L.Browser.ie3d = false;
      },
    });
  }

  function start(map, addresses) {
    view.map = map;
    flat(L.Marker);
    for (const [name, level] of [["context", 300], ["raster", 340], ["districts", 350], ["hover", 355], ["areas", 360], ["own", 365], ["spot", 640], ["rings", 420], ["names", 450]]) {
      map.createPane(name).style.zIndex = level;
    }
    for (const name of ["areas", "own", "spot", "hover", "names", "raster"]) map.getPane(name).style.pointerEvents = "none";
    map.keyboard.disable();
    view.counties = group({ pane: "districts" });
    view.symbols = group({});
    view.hover = L.featureGroup([], { pane: "hover" }).addTo(map);
    view.rings = group({ pane: "rings" });
    view.outlines = group({});
    view.names = group({});
    view.badges = group({});
    map.doubleClickZoom.disable(); // a second click on a symbol must not move the map
    if (L.Browser.mobile) {
      map.scrollWheelZoom.disable();
      map.dragging.disable(); // one finger scrolls the page, two move the map
    }
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    furniture();
    drawTools();
    map.on("zoomend", () => view.isMoving || settle()); // a fitted view settles once it has moved
    watch();
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    Promise.all([fetched(addresses.districts), fetched(addresses.projects)]).then(
      ([districts, projects]) => {
        view.districts = districts;
        view.file = addresses.projects;
        take(projects);
        know();
        listen();
        keys();
        printing();
        picking();
        if (view.state) follow(view.state);
      },
      failed
    );
  }

  function failed(error) {
    view.tray.textContent = String(error);
    view.tray.hidden = false;
  }

  function take(projects) {
    view.projects = new Map(projects.projects.map((row) => [row.id, row]));
    view.look = projects;
    view.symbols.clearLayers();
    view.marks.clear();
  }

  /** Show a message; where somebody changed a project since, fetch the projects anew first. */
  function follow(state) {
    const folder = view.file.slice(0, view.file.lastIndexOf("/") + 1);
    const file = state.file ? folder + state.file : view.file;
    if (file === view.file) {
      view.state = state;
      render();
      return;
    }
    fetched(file).then((projects) => {
      if (view.wanted !== state) return; // a later message is on its way
      view.file = file;
      take(projects);
      view.state = state;
      render();
    }, failed);
  }

  function group(options) {
    const made = L.featureGroup([], options).addTo(view.map);
    made.on("mouseover", (event) => hint(event.layer, event.originalEvent));
    made.on("mousemove", (event) => hint(event.layer, event.originalEvent));
    made.on("mouseout", () => hint(null));
    return made;
  }

  /** A file that the script's first line may have asked for already. */
  async function fetched(address) {
    const answer = await ((window.fengtuEarly || {})[address] || fetch(address));
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  function furniture() {
    const frame = view.map.getContainer();
    view.crumb = element("nav", "fg-crumb", null);
    frame.prepend(view.crumb); // first for the keyboard, too
    L.DomEvent.disableClickPropagation(view.crumb);
    view.stamp = element("div", "fg-stamp", frame);
    view.edition = element("div", "fg-edition", frame);
    view.tip = element("div", "fg-tip", frame);
    view.tip.hidden = true;
    view.side = element("aside", "fg-side", document.body); // beside the map, or on it where it is small
    drawLegend();
    view.tray = element("section", "fg-tray", view.side);
    view.tray.hidden = true;
  }

  function paint(state) {
    const said = JSON.stringify({ ...state, ask: false });
    if (view.said === said) {
      view.state.ask = state.ask;
      return;
    }
    view.said = said;
    view.wanted = state;
    if (view.projects) follow(state);
    else view.state = state;
  }

  /** Tell the server, which asks on a first visit, that the map stands and the rest may follow. */
  function report() {
    if (!view.state.ask) return;
    view.state.ask = false;
    view.symbols.fire("click", { layer: answerTo({}, "ready", "ready") });
  }

  function render() {
    const { state } = view;
    if (state.hidden && !state.visible) {
      const hidden = new Set(state.hidden);
      state.visible = [...view.projects.keys()].filter((id) => !hidden.has(id));
    }
    document.documentElement.lang = state.language;
    view.stamp.textContent = words().stamp;
    view.edition.textContent = words().edition;
    for (const way of ["in", "out"]) {
      const button = view.map.getContainer().querySelector(`.leaflet-control-zoom-${way}`);
      button.title = words()[`zoom_${way}`];
      button.setAttribute("aria-label", button.title);
    }
    drawPath();
    label();
    tray();
    legend(); // before the view is fitted: it may lie on the map
    base();
    raster();
    areas();
    pick();
    const isFirst = !view.counties.getLayers().length; // each view before the last projects them anew
    const settles = fit();
    if (isFirst) drawDistricts();
    tint();
    if (isFirst || (!settles && !view.isMoving)) settle();
  }

  /** Once the view has come to rest: everything in its place, and the message named as painted.
      The first time the counties are seen before the symbols are placed. */
  function settle() {
    const { dataset } = view.map.getContainer();
    if (!view.counties.getLayers().length) return;
    if (!dataset.drawn) {
      dataset.drawn = "yes";
      report(); // the message takes a quarter of a second, in which the symbols are placed
      requestAnimationFrame(() => setTimeout(settle));
      return;
    }
    arrange();
    if (!view.state || view.isMoving) return;
    dataset.painted = view.state.token;
    report();
  }

  /** Fit the view when area, plans or counties change, and only then; a kept view goes first.
      Answers whether all is set in its place once the view has come to rest. */
  function fit() {
    const { frame: wanted, at } = view.state;
    const spot = at ? at.join(",") : "";
    const isNew = spot ? view.spot !== spot : view.framed !== wanted.key;
    [view.spot, view.framed] = [spot, wanted.key];
    if (!isNew) return false;
    view.map.invalidateSize({ pan: false });
    if (!at) {
      frame();
      return true;
    }
    view.isWhole = false;
    view.map.setView([at[1], at[0]], at[2], { animate: false });
    return false;
  }

  /** The whole area; in motion unless it is the first view or the person wants none. */
  function frame() {
    const [west, south, east, north] = view.state.frame.bounds;
    const goes = view.area !== undefined && view.area !== view.state.area; // a filter moves at once
    view.area = view.state.area;
    const animate = goes && Boolean(view.hasView) && !view.isPrinting && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    view.hasView = view.isMoving = true;
    view.map.once("moveend", () => {
      view.isMoving = false;
      view.isWhole = true;
      settle();
    });
    view.map.fitBounds([[south, west], [north, east]], { animate, ...room(), maxZoom: 11 });
  }

  /** What stands on the map: the path on top, beside it the legend where no tray holds it. */
  function room() {
    const isPlain = view.state.area === undefined || view.isPrinting;
    const beside = !isPlain && view.legend.open && view.tray.hidden ? view.side.offsetWidth : 0;
    return { paddingTopLeft: [14, isPlain ? 14 : 46], paddingBottomRight: [14 + beside, 14] };
  }

  /** Does the map still show the whole area, as it was fitted? */
  function watch() {
    view.map.on("dragstart zoomstart", () => {
      if (!view.isMoving) view.isWhole = false;
    });
    document.addEventListener("fullscreenchange", () => view.map.once("resize", () => view.isWhole && frame()));
  }

  window.fengtu = { start, paint, frame };
})();
