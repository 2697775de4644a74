// Draws regions as tiles and says which one was chosen. Text is set as text, never as markup.
const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

const shaded = (made, shade) => {
  if (shade) made.style.setProperty("--shade", shade);
  else made.classList.add("bare");
  return made;
};

const tile = (each, placed, choose) => {
  const button = shaded(element("button", "tile", ""), each.shade);
  button.type = "button";
  button.title = each.title;
  button.setAttribute("aria-label", each.title);
  button.disabled = !each.there;
  button.dataset.code = each.code;
  if (placed) button.style.gridArea = `${each.row} / ${each.column}`;
  const said = element("span", "said", each.sign);
  said.append(element("em", "word", each.word ? ` ${each.word}` : ""));
  button.append(element("b", "", each.name), said, element("span", "detail", each.detail));
  button.addEventListener("click", () => choose(each.code));
  return button;
};

const kind = (each) => {
  const line = element("span", "", "");
  line.append(shaded(element("i", "", ""), each.shade), `${each.label} ${each.number}`);
  return line;
};

export default function ({ parentElement, data, setTriggerValue }) {
  const grid = element("div", ["grid", data.columns && "placed", data.columns > 5 && "many"].filter(Boolean).join(" "), "");
  grid.style.setProperty("--columns", data.columns);
  grid.append(...data.tiles.map((each) => tile(each, data.columns, (code) => setTriggerValue("picked", code))));
  const kinds = element("div", "kinds", "");
  kinds.append(...data.kinds.map(kind));
  const root = parentElement.querySelector(".tiles");
  root.setAttribute("aria-label", data.about);
  const held = root.querySelector("button:focus-visible")?.dataset.code; // where the keyboard is stays where it is
  root.replaceChildren(grid, kinds);
  if (held) root.querySelector(`[data-code="${CSS.escape(held)}"]`)?.focus();
}
