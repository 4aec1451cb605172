/* Where the map has gone: province, city, county. Path, note, and what a click on the ground means.

   The page of counties has no levels: its state names no area. */
(function () {
  "use strict";

  const { view, element, words, say, name, send } = window.fengtuView;

  /** The city of a county; a city's own code stays. */
  function cityOf(code) {
    return isCounty(code) ? view.byCode.get(code).city : code;
  }

  function isCounty(area) {
    return view.byCode.has(area);
  }

  function hasLevels() {
    return view.state.area !== undefined;
  }

  function nameOf(area) {
    if (!area) return words().province;
    return name(isCounty(area) ? view.byCode.get(area) : view.districts.cities[area]);
  }

  /** The areas from the province down to this one. */
  function path(area) {
    if (!area) return [""];
    return isCounty(area) ? ["", cityOf(area), area] : ["", area];
  }

  function above(area) {
    return path(area).at(-2);
  }

  /** Is a county part of what the map has gone into? */
  function isInside({ code, city }) {
    const { area } = view.state;
    return !area || area === code || area === city;
  }

  /** What a click on a county's ground asks for: its city, or the county if its city is open. */
  function ground(code) {
    const { area } = view.state;
    if (!hasLevels()) return { kind: "district", id: code };
    return { kind: "area", id: cityOf(area) === cityOf(code) ? code : cityOf(code) };
  }

  /** What that click does, in words. */
  function groundHint(code) {
    if (!hasLevels()) return words().county_hint;
    const { id } = ground(code);
    return id === view.state.area ? words().open : say("enter", { name: nameOf(id) });
  }

  function drawPath() {
    view.crumb.hidden = !hasLevels();
    if (!hasLevels()) return;
    const { area, note } = view.state;
    const held = view.crumb.contains(document.activeElement);
    view.crumb.replaceChildren();
    view.crumb.setAttribute("aria-label", words().path);
    const bar = element("div", "fg-path", view.crumb);
    if (area) {
      const up = button(bar, "fg-up", "‹", above(area));
      up.title = say("up", { name: nameOf(above(area)) });
      up.setAttribute("aria-label", up.title);
    }
    const list = element("ol", "", bar);
    for (const step of path(area)) {
      const made = button(element("li", "", list), "", nameOf(step), step);
      if (step === area) made.setAttribute("aria-current", "location");
    }
    if (note) element("p", "", view.crumb).textContent = note;
    if (held) list.querySelector("[aria-current]").focus();
  }

  function button(parent, style, text, area) {
    const made = element("button", style, parent);
    made.type = "button";
    made.textContent = text;
    made.dataset.area = area;
    made.addEventListener("click", () => send("area", area));
    return made;
  }

  /** Escape goes one level up; in full screen the browser takes it first. */
  function listen() {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !view.state || !view.state.area || document.fullscreenElement) return;
      event.preventDefault();
      send("area", above(view.state.area));
    });
  }

  window.fengtuLevels = { cityOf, hasLevels, isInside, ground, groundHint, drawPath, listen };
})();
