/* The county map in the browser: draws two fetched files, repaints on small messages.

   `fengtu.start(map, addresses)` is called once, `fengtu.paint(state)` after every change of the
   selection. */
(function () {
  "use strict";

  const { view, element } = window.fengtuView;
  const { drawDistricts, tint } = window.fengtuDistricts;
  const { hint, tray } = window.fengtuTray;
  const { arrange } = window.fengtuMarks;
  const { base } = window.fengtuBase;

  function start(map, addresses) {
    view.map = map;
    for (const [name, level] of [["context", 300], ["beyond", 340], ["districts", 350], ["areas", 360], ["names", 450]]) {
      map.createPane(name).style.zIndex = level;
    }
    map.getPane("areas").style.pointerEvents = "none";
    map.getPane("beyond").style.pointerEvents = "none";
    map.getPane("names").style.pointerEvents = "none";
    map.keyboard.disable();
    view.counties = group({ pane: "districts" });
    view.symbols = group({});
    view.beyond = group({ pane: "beyond" });
    view.outlines = group({});
    view.names = group({});
    view.badges = group({});
    map.doubleClickZoom.disable(); // a second click on a symbol must not move the map
    if (L.Browser.mobile) map.scrollWheelZoom.disable();
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    furniture();
    map.on("zoomend", arrange);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    Promise.all([fetched(addresses.districts), fetched(addresses.projects)]).then(
      ([districts, projects]) => {
        view.districts = districts;
        view.projects = new Map(projects.projects.map((row) => [row.id, row]));
        view.look = projects;
        drawDistricts();
        if (view.state) render();
      },
      (error) => {
        view.tray.textContent = String(error);
        view.tray.hidden = false;
      }
    );
  }

  function group(options) {
    const made = L.featureGroup([], options).addTo(view.map);
    made.on("mouseover", (event) => hint(event.layer, event.originalEvent));
    made.on("mousemove", (event) => hint(event.layer, event.originalEvent));
    made.on("mouseout", () => hint(null));
    return made;
  }

  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  function furniture() {
    const frame = view.map.getContainer();
    view.stamp = element("div", "fg-stamp", frame);
    view.edition = element("div", "fg-edition", frame);
    view.tip = element("div", "fg-tip", frame);
    view.tip.hidden = true;
    view.tray = element("section", "fg-tray", document.body);
    view.tray.hidden = true;
  }

  function paint(state) {
    view.state = state;
    if (view.projects) render();
  }

  function render() {
    const { state } = view;
    document.documentElement.lang = state.language;
    view.stamp.textContent = state.words.stamp;
    view.edition.textContent = state.words.edition;
    for (const way of ["in", "out"]) {
      const button = view.map.getContainer().querySelector(`.leaflet-control-zoom-${way}`);
      button.title = state.words[`zoom_${way}`];
      button.setAttribute("aria-label", button.title);
    }
    tray();
    fit();
    base();
    tint();
    arrange();
    view.map.getContainer().dataset.painted = state.token;
  }

  /** Fit the view when the choice of plans or counties changes, and only then. */
  function fit() {
    const { frame } = view.state;
    if (view.framed === frame.key) return;
    view.framed = frame.key;
    view.map.invalidateSize({ pan: false });
    const [west, south, east, north] = frame.bounds;
    view.map.fitBounds([[south, west], [north, east]], { animate: false, padding: [14, 14], maxZoom: 10.5 });
  }

  window.fengtu = { start, paint };
})();
