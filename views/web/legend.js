/* The legend: what is drawn now, with units, source and the edition of the boundaries. */
(function () {
  "use strict";

  const { view, element, words, say } = window.fengtuView;
  const { hasLevels } = window.fengtuLevels;
  const { diameterOf } = window.fengtuSizes;
  const { strength } = window.fengtuRaster;

  const LOOKS = ["site", "approximate", "hollow", "shared"];

  /** Drawn anew after every arrangement: the circles follow the zoom. */
  function legend() {
    const box = view.legend;
    box.hidden = !hasLevels();
    if (box.hidden) return;
    const wanted = Boolean(view.state.shade || view.state.sizes || view.state.raster || (view.state.areas || []).length) && view.map.getContainer().clientWidth > 420;
    if (view.legendFor !== wanted) [view.legendFor, box.open] = [wanted, wanted];
    const [title, inner] = box.children;
    title.textContent = words().legend;
    inner.replaceChildren();
    if (!box.open) return; // filled when it is opened
    if (view.state.raster) picture(inner, view.state.raster);
    if (view.state.shade) shade(inner, view.state.shade);
    for (const each of view.state.areas || []) area(inner, each);
    if (view.state.sizes) sizes(inner, view.state.sizes);
    signs(inner, !view.state.shade && !view.state.sizes && !view.state.raster);
    const foot = element("p", "", inner);
    foot.textContent = say("source", { plans: plans() }) + " " + say("edition", { edition: words().edition });
  }

  /** What the symbols mean: folded where classes or sizes are what one looks for. */
  function signs(parent, isOpen) {
    const box = element("details", "", parent);
    box.open = isOpen || Boolean(view.isPrinting);
    element("summary", "", box).textContent = words().legend_symbols;
    symbols(box);
    looks(box);
  }

  function part(parent, title) {
    const made = element("section", "", parent);
    element("h3", "", made).textContent = title;
    return element("ul", "", made);
  }

  function row(list, label) {
    const made = element("li", "", list);
    const sign = element("i", "", made);
    element("span", "", made).textContent = label;
    return sign;
  }

  function shade(parent, { title, unit, classes, others }) {
    const list = part(parent, title);
    list.className = "fg-classes";
    for (const [colour, label] of classes) row(list, label).style.background = colour;
    for (const [key, label] of others) row(list, label).className = `fg-key-${key}`;
    element("p", "", list.parentNode).textContent = unit;
  }

  /** A raster's classes in the same strength as on the map, with the slider that sets it. */
  function picture(parent, { title, unit, classes, note }) {
    const list = part(parent, title);
    list.className = "fg-classes fg-raster-classes";
    for (const [colour, label] of classes) row(list, label).style.background = colour;
    element("p", "", list.parentNode).textContent = unit;
    strength(list.parentNode);
    const box = element("details", "", list.parentNode);
    box.open = Boolean(view.isPrinting);
    element("summary", "", box).textContent = words().raster_note;
    element("p", "", box).textContent = note;
  }

  /** A user's area: its line, its title, whose it is. */
  function area(parent, { title, colour, note }) {
    const list = part(parent, title);
    list.remove();
    const box = parent.lastElementChild;
    box.className = "fg-own-key";
    box.style.borderLeftColor = colour;
    element("p", "", box).textContent = note;
  }

  function sizes(parent, { keys }) {
    const list = part(parent, say("sizes", { unit: words().units[view.state.unit] }));
    list.className = "fg-circles";
    for (const [mw, label] of keys) {
      const sign = row(list, label);
      sign.className = "fg-circle";
      sign.style.width = sign.style.height = `${diameterOf(mw)}px`;
    }
    const rest = element("ul", "", list.parentNode);
    row(rest, words().size_ring).className = "fg-key-ring";
    row(rest, words().size_unsized).className = "fg-key-unsized";
    row(rest, words().size_no_plant).className = "fg-key-no-plant";
    element("p", "", list.parentNode).textContent = words().size_least;
  }

  /** The layers that stand on the map now, in the order of the list beside it. */
  function symbols(parent) {
    const shown = new Set(view.state.visible.map((id) => view.projects.get(id)).filter((each) => each.points.length).map((each) => each.layer));
    if (!shown.size) return;
    const list = element("ul", "fg-kinds", parent);
    for (const layer of Object.keys(view.look.symbols)) {
      if (shown.has(layer)) row(list, words().layers[layer]).innerHTML = view.look.symbols[layer].hollow;
    }
  }

  function looks(parent) {
    const rows = view.state.visible.map((id) => view.projects.get(id)).filter((each) => each.points.length);
    const list = part(parent, words().legend_looks);
    list.className = "fg-looks";
    for (const look of LOOKS) {
      const sample = rows.find((each) => each.look === look);
      if (sample) row(list, words()[`look_${look}`]).innerHTML = view.look.symbols[sample.layer][look];
    }
    if (document.querySelector(".fg-far")) row(list, words().look_far).className = "fg-key-far";
    if (rows.some((each) => each.where.length > 1)) row(list, words().look_tint).className = "fg-key-tint";
  }

  /** The plans whose rows are shown. */
  function plans() {
    const { crowd, visible } = view.state;
    const found = new Set(crowd ? crowd.plans : visible.map((id) => view.projects.get(id).plan));
    return [...found].map((plan) => words().plans[plan]).join(words().list) || "—";
  }

  function drawLegend() {
    view.legend = element("details", "fg-legend", view.side);
    element("summary", "", view.legend);
    element("div", "fg-legend-parts", view.legend);
    view.legend.addEventListener("toggle", () => view.look && view.state && legend());
  }

  window.fengtuLegend = { drawLegend, legend, plans };
})();
