// An address that a person can select, or copy with one press.
export default function ({ parentElement, data }) {
  const box = document.createElement("div");
  box.className = "fg-copy";
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = data.text;
  field.setAttribute("aria-label", data.label);
  field.addEventListener("focus", () => field.select());
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = data.button;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    let done = false;
    try {
      await navigator.clipboard.writeText(data.text);
      done = true;
    } catch {
      field.focus(); // plain HTTP on an intranet has no clipboard of its own
      field.select();
      done = document.execCommand("copy");
    }
    said.textContent = done ? data.done : data.failed;
  });
  box.append(field, button, said);
  parentElement.replaceChildren(box);
}
