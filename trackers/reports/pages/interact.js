// What can be done with a report that is one file: values beside a mark, filters and orders.
// Without it everything is there to be read. Texts are only ever set as text.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// --- the values of what is pointed at, touched or focused ---
const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);
let told = null;

function tell(mark, x, y) {
  if (told !== mark) {
    quiet();
    told = mark;
    tip.textContent = mark.dataset.tip;
    mark.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
  }
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - width - 4)) + "px";
  tip.style.top = (y + 18 + height > innerHeight ? Math.max(4, y - height - 12) : y + 18) + "px";
}

function quiet() {
  told?.removeAttribute("aria-describedby");
  told = null;
  tip.hidden = true;
}

function pointed(event) {
  const mark = event.target.closest?.("[data-tip]");
  if (mark) tell(mark, event.clientX, event.clientY);
  else quiet();
}
for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, pointed);
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest("[data-tip]");
  if (!mark?.matches(":focus-visible")) return;
  const place = mark.getBoundingClientRect();
  tell(mark, place.left, place.bottom - 12);
});
document.addEventListener("focusout", quiet);
document.addEventListener("keydown", (event) => event.key === "Escape" && quiet());
document.addEventListener("scroll", (event) => event.target === document && quiet(), { passive: true });

// --- only the verdicts that were chosen, only the rows that hold the words ---
const chosen = new Set();
const finders = all("[data-find]");

function filter() {
  for (const each of all("[data-verdict]")) each.classList.toggle("off", !fits(each));
  for (const line of all("[data-shown]")) count(line);
}

function fits(each) {
  if (chosen.size && !chosen.has(each.dataset.verdict)) return false;
  const finder = finders.find((one) => one.dataset.find === each.closest("table")?.id);
  return finder ? each.textContent.includes(finder.value.trim()) : true;
}

function count(line) {
  const rows = all("tbody tr", document.getElementById(line.dataset.shown));
  const seen = rows.filter((row) => !row.classList.contains("off")).length;
  line.hidden = seen === rows.length;
  line.textContent = `现显示 ${seen} 行，共 ${rows.length} 行`;
}

for (const button of all("[data-show]")) {
  button.addEventListener("click", () => {
    const verdict = button.dataset.show;
    chosen.has(verdict) ? chosen.delete(verdict) : chosen.add(verdict);
    for (const each of all("[data-show]")) each.setAttribute("aria-pressed", chosen.has(each.dataset.show));
    filter();
  });
}
for (const finder of finders) finder.addEventListener("input", filter);

// --- other orders ---
const number = (text) => (text === "" || text === undefined ? Infinity : Number(text)); // what has none comes last

function reorder(parent, key, sign = 1) {
  const value = (each) => { const found = number(key(each)); return found === Infinity ? found : sign * found; };
  const rows = [...parent.children].map((each, place) => [value(each), place, each]);
  rows.sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0]));
  parent.append(...rows.map((row) => row[2]));
}

for (const choice of all("[data-order]")) {
  choice.value = "place"; // a browser may remember another choice
  choice.addEventListener("change", () => {
    reorder(document.getElementById(choice.dataset.order), (each) => each.dataset[choice.value]);
  });
}
for (const table of all("[data-sortable]")) {
  const heads = all("thead th", table);
  heads.forEach((head, place) => head.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    reorder(table.tBodies[0], (row) => row.cells[place].dataset.sort, up ? 1 : -1);
  }));
}
