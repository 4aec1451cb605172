// What a person does with a component goes back as a list under "act", numbered in order.
// What happens within a moment goes together, and what the server has not named as done goes again
// with the next: of two messages that wait while it works, the library keeps one.
const act = (part, what) => {
  const last = part.acts.at(-1);
  const n = Math.max(Math.ceil(performance.now()), part.done + 1, last ? last.n + 1 : 0);
  part.acts.push({ ...what, n });
  sendIn(part, 40);
};

const sendIn = (part, ms) => {
  part.timer ??= setTimeout(() => {
    part.timer = null;
    if (part.acts.length) part.send("act", part.acts);
  }, ms);
};

// A new drawing: forget what is done; what is not is still to be shown as the person left it.
const settle = (part, told, send) => {
  part.send = send;
  part.done = told.done;
  part.acts = (part.acts ?? []).filter((each) => each.n > told.done);
  if (part.acts.length) sendIn(part, 400); // drawn without them: lost, or still on their way
  return part.acts;
};
