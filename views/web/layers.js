// The legend that is the switch of layers: one box a layer, its symbol, name and number of rows.
// What a person does goes back as a list under "act"; what happens within a moment goes together.
export default function ({ parentElement, data, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data));
  const make = (tag, text, name) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (name) node.className = name;
    return node;
  };
  let waiting = [];
  const act = (what) => {
    waiting.push(what);
    if (waiting.length === 1) setTimeout(() => { setTriggerValue("act", waiting); waiting = []; }, 40);
  };
  const kept = parentElement.contains(document.activeElement) ? document.activeElement.dataset.spot : null;
  const top = make("div", "", "fg-layers-head");
  top.append(make("h2", told.title));
  for (const [key, name] of told.bulk) {
    const button = make("button", name);
    button.type = "button";
    button.dataset.spot = `only:${key}`;
    button.addEventListener("click", () => act({ do: "only", what: key }));
    top.append(button);
  }
  const parts = told.groups.map(([title, layers]) => {
    const group = make("fieldset");
    group.append(make("legend", title));
    for (const [key, name, count, on] of layers) {
      const line = make("div", "", "fg-layer");
      line.dataset.layer = key;
      const label = make("label");
      const box = make("input");
      box.type = "checkbox";
      box.checked = on;
      box.dataset.spot = key;
      box.addEventListener("change", () => act({ do: "layer", what: key, on: box.checked }));
      label.append(box, make("i"), make("span", name));
      line.append(label, make("b", String(count)));
      group.append(line);
    }
    return group;
  });
  parentElement.replaceChildren(top, ...parts);
  if (kept) parentElement.querySelector(`[data-spot="${CSS.escape(kept)}"]`)?.focus();
}
