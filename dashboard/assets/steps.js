// One thing a person does is one step of the browser's history, so that one press of Back shows what was shown before.
// Streamlit pushes a step for each message about the address: a page that is opened and then writes its plan, its day
// and its region into the address would be four. Only the first after a press of a button or a key is a step of its
// own; what follows is written over it.
{
  const push = history.pushState.bind(history);
  let done = false;
  const note = (event) => {
    if (event.type !== "click" || event.detail === 0) done = true; // a click without a pointer: what reads a screen aloud
  };
  for (const kind of ["pointerdown", "keydown", "click"]) addEventListener(kind, note, true);
  addEventListener("popstate", () => (done = false), true);
  history.pushState = (...step) => {
    if (done) push(...step);
    else history.replaceState(...step);
    done = false;
  };
}
