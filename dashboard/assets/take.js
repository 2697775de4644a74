// Takes a chart along as a picture, made in the browser: what stands on the screen, text as text, with its title above it.
const SVG = "http://www.w3.org/2000/svg";
const [TOP, SIDE, SHARP] = [44, 16, 2]; // room for the title, at the sides; pixels of a PNG for one of the screen
const KEPT = ["fill", "fill-opacity", "font-family", "font-size", "font-weight", "stroke", "stroke-width", "opacity"];

const made = (name, attributes, text = "") => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

// The page's style sheets do not go along: what they say of a chart's text is written into it.
const copied = (layer) => {
  const copy = layer.cloneNode(true);
  const texts = copy.querySelectorAll("text");
  layer.querySelectorAll("text").forEach((text, place) => {
    const look = getComputedStyle(text);
    for (const name of KEPT) texts[place].style.setProperty(name, look.getPropertyValue(name));
  });
  copy.querySelectorAll(".hoverlayer").forEach((each) => each.remove());
  copy.removeAttribute("style");
  return copy;
};

const picture = (chart, title) => {
  const [width, height] = [chart.clientWidth + 2 * SIDE, chart.clientHeight + TOP + SIDE];
  const page = getComputedStyle(document.querySelector('[data-testid="stApp"]'));
  const svg = made("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(made("rect", { width, height, fill: page.backgroundColor }));
  const look = { x: SIDE, y: 28, fill: page.color, "font-family": page.fontFamily, "font-size": 16, "font-weight": 600 };
  svg.append(made("text", look, title));
  const inside = made("g", { transform: `translate(${SIDE} ${TOP})` });
  inside.append(...[...chart.querySelectorAll("svg.main-svg")].map(copied));
  svg.append(inside);
  return { width, height, text: new XMLSerializer().serializeToString(svg).replaceAll(location.href.split("#")[0], "") };
};

const save = (content, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const asPng = ({ width, height, text }, done) => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SHARP, height * SHARP];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
};

export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.setAttribute("aria-label", `下载图片：${data.title}（${button.textContent}）`);
    button.onclick = () => {
      const chart = document.querySelector(`.st-key-${CSS.escape(data.chart)} .js-plotly-plot`);
      if (!chart) return;
      const drawn = picture(chart, data.title);
      if (button.name === "svg") save(new Blob([drawn.text], { type: "image/svg+xml" }), `${data.name}.svg`);
      else asPng(drawn, (blob) => save(blob, `${data.name}.png`));
    };
  }
}
