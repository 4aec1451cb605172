// A polygon drawn over the picture of the score: corners by clicks, then what it is to do.
// The sheet is an SVG of the picture's own box, so that a corner is told in the picture's units.
const SVG = "http://www.w3.org/2000/svg";

const button = (parent, text, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", press);
  parent.append(made);
  return made;
};

const stop = (draw) => {
  draw.sheet?.remove();
  removeEventListener("keydown", draw.keys, true);
  draw.sheet = null;
  draw.corners = [];
  show(draw);
};

const show = (draw) => {
  const { words, drops } = draw.told;
  draw.bar.replaceChildren();
  if (!draw.sheet) {
    button(draw.bar, words.start, () => start(draw));
    return;
  }
  draw.line.setAttribute("points", draw.corners.map((corner) => corner.join(",")).join(" "));
  draw.dots.replaceChildren(...draw.corners.map(([x, y]) => {
    const dot = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ cx: x, cy: y, r: draw.told.box[2] / 150 })) dot.setAttribute(name, value);
    return dot;
  }));
  const hint = document.createElement("span");
  hint.setAttribute("role", "status");
  hint.textContent = words.hint.replace("{count}", draw.corners.length);
  draw.bar.append(hint);
  for (const drop of drops) {
    const made = button(draw.bar, words[drop], () => {
      act(draw, { do: drop, what: draw.corners });
      stop(draw);
    });
    made.dataset.drop = drop;
    made.disabled = draw.corners.length < 3;
  }
  button(draw.bar, words.undo, () => {
    draw.corners.pop();
    show(draw);
  }).disabled = !draw.corners.length;
  button(draw.bar, words.cancel, () => stop(draw));
};

const start = (draw) => {
  const frame = document.querySelector(".fg-siting-frame");
  if (!frame) return;
  draw.corners = [];
  draw.sheet = document.createElementNS(SVG, "svg");
  draw.sheet.setAttribute("class", "fg-siting-sheet");
  draw.sheet.setAttribute("viewBox", draw.told.box.join(" "));
  draw.line = document.createElementNS(SVG, "polygon");
  draw.dots = document.createElementNS(SVG, "g");
  draw.sheet.append(draw.line, draw.dots);
  draw.sheet.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(draw.sheet.getScreenCTM().inverse());
    draw.corners.push([Number(at.x.toFixed(3)), Number(at.y.toFixed(3))]);
    show(draw);
  });
  draw.keys = (event) => event.key === "Escape" && stop(draw);
  addEventListener("keydown", draw.keys, true);
  frame.append(draw.sheet);
  show(draw);
};

export default function ({ parentElement, data, setTriggerValue }) {
  const draw = (parentElement.fengtuDraw ??= { corners: [] });
  const told = JSON.parse(new TextDecoder().decode(data));
  settle(draw, told, setTriggerValue);
  draw.told = told;
  if (!draw.bar) {
    draw.bar = document.createElement("div");
    draw.bar.className = "fg-siting-drawing";
    parentElement.replaceChildren(draw.bar);
  }
  if (draw.sheet && !draw.sheet.isConnected) draw.sheet = null; // another picture came
  show(draw);
  return () => draw.sheet && stop(draw);
}
