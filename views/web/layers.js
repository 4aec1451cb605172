// The legend that is the switch of layers: one box a layer, its symbol, name and number of rows.
// Its nodes stay: a click between press and release is not lost to a new drawing.
const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  if (name) node.className = name;
  return node;
};

const drawLayer = (legend, key, name) => {
  const line = make("div", "", "fg-layer");
  line.dataset.layer = key;
  const label = make("label");
  const box = make("input");
  box.type = "checkbox";
  box.dataset.spot = key;
  box.addEventListener("change", () => act(legend, { do: "layer", what: key, on: box.checked }));
  label.append(box, make("i"), make("span", name));
  const count = make("b");
  line.append(label, count);
  legend.lines.set(key, { box, count });
  return line;
};

// Another language: all is drawn anew.
const build = (legend, parent, told) => {
  legend.lines = new Map();
  const top = make("div", "", "fg-layers-head");
  top.append(make("h2", told.title));
  for (const [key, name] of told.bulk) {
    const button = make("button", name);
    button.type = "button";
    button.dataset.spot = `only:${key}`;
    button.addEventListener("click", () => act(legend, { do: "only", what: key }));
    top.append(button);
  }
  const groups = told.groups.map(([title, layers]) => {
    const group = make("fieldset");
    group.append(make("legend", title), ...layers.map(([key, name]) => drawLayer(legend, key, name)));
    return group;
  });
  parent.replaceChildren(top, ...groups);
};

export default function ({ parentElement, data, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data));
  const legend = (parentElement.fengtuLegend ??= {});
  const waiting = settle(legend, told, setTriggerValue);
  const kept = parentElement.contains(document.activeElement) ? document.activeElement.dataset.spot : null;
  const form = JSON.stringify([told.title, told.bulk, told.groups.map(([title, layers]) => [title, layers.map(([key, name]) => [key, name])])]);
  if (form !== legend.form) {
    build(legend, parentElement, told);
    legend.form = form;
    if (kept) parentElement.querySelector(`[data-spot="${CSS.escape(kept)}"]`)?.focus();
  }
  for (const [, layers] of told.groups) {
    for (const [key, , count, on] of layers) {
      const line = legend.lines.get(key);
      line.box.checked = on;
      if (line.count.textContent !== String(count)) line.count.textContent = count;
    }
  }
  for (const { do: kind, what, on } of waiting) if (kind === "layer") legend.lines.get(what).box.checked = on;
}
