// Asks for a run when the person has been quiet for a while: one in the middle of typing could swallow a cell.
const QUIET = 1500; // milliseconds
const SIGNS = ["keydown", "paste", "cut", "pointerup"]; // what a grid is changed with

export default function ({ parentElement, setTriggerValue }) {
  parentElement.leave?.(); // of the run before
  let timer;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    if (document.querySelector(".gdg-input")) wait(); // a cell is still open
    else setTriggerValue("quiet", true);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET);
  };
  const hide = () => document.hidden && timer && tell();
  for (const sign of SIGNS) document.addEventListener(sign, wait, true);
  document.addEventListener("visibilitychange", hide);
  return (parentElement.leave = () => {
    clearTimeout(timer);
    for (const sign of SIGNS) document.removeEventListener(sign, wait, true);
    document.removeEventListener("visibilitychange", hide);
  });
}
