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

const drawn = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const outline = (shape, each, choose) => {
  const path = shaded(drawn("path", { d: shape.path, class: "outline", role: "button", tabindex: 0 }), each.shade);
  path.setAttribute("aria-label", each.title);
  path.dataset.code = each.code;
  path.append(drawn("title", {}));
  path.firstChild.textContent = each.title;
  path.addEventListener("click", () => choose(each.code));
  path.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(each.code);
  });
  return path;
};

// Names on the map, the largest regions first; one that would lie over another is left to the pointer and the list.
const names = (map, drawing, byCode) => {
  const layer = element("div", "names", "");
  map.append(layer);
  const place = () => {
    layer.replaceChildren();
    const taken = [];
    for (const shape of [...drawing.shapes].sort((one, other) => other.area - one.area)) {
      const each = byCode[shape.code];
      const name = element("span", "name", `${each.sign} ${each.name}`);
      name.style.left = `${(100 * shape.x) / drawing.width}%`;
      name.style.top = `${(100 * shape.y) / drawing.height}%`;
      layer.append(name);
      const box = name.getBoundingClientRect();
      const over = (it) => box.left < it.right && it.left < box.right && box.top < it.bottom && it.top < box.bottom;
      if (taken.some(over)) name.remove();
      else taken.push(box);
    }
  };
  new ResizeObserver(place).observe(map);
};

const outlines = (drawing, tiles, choose) => {
  const map = element("div", "map", "");
  const picture = drawn("svg", { viewBox: `-4 -4 ${drawing.width + 8} ${drawing.height + 8}` });
  const byCode = Object.fromEntries(tiles.map((each) => [each.code, each]));
  picture.append(...drawing.shapes.map((shape) => outline(shape, byCode[shape.code], choose)));
  picture.append(...drawing.rest.map((path) => drawn("path", { d: path, class: "rest" })));
  map.append(picture);
  names(map, drawing, byCode);
  return map;
};

export default function ({ parentElement, data, setTriggerValue }) {
  const choose = (code) => setTriggerValue("picked", code);
  const grid = element("div", ["grid", data.columns && "placed", data.columns > 5 && "many"].filter(Boolean).join(" "), "");
  grid.style.setProperty("--columns", data.columns);
  grid.append(...data.tiles.map((each) => tile(each, data.columns, choose)));
  const kinds = element("div", "kinds", "");
  kinds.append(...data.kinds.map(kind));
  const root = parentElement.querySelector(".tiles");
  root.setAttribute("aria-label", data.about);
  const held = root.querySelector(":focus-visible")?.dataset.code; // where the keyboard is stays where it is
  root.replaceChildren(data.drawing ? outlines(data.drawing, data.tiles, choose) : grid, kinds);
  if (held) root.querySelector(`[data-code="${CSS.escape(held)}"]`)?.focus();
}
