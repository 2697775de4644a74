// What a machine can see of a page: lists of what is wrong, each with the words it is wrong about.
({ words }) => {
  const MOST = 8;
  const FOLDED = '[data-testid="stSidebar"][data-collapsed="true"]'; // the menu of a telephone until it is asked for
  const main = document.querySelector('[data-testid="stMain"]');
  const found = { wide: [], cut: [], pale: [], small: [], empty: [], foreign: [], failed: [] };
  const told = (kind, text) => found[kind].length < MOST && !found[kind].includes(text) && found[kind].push(text);

  const beyond = Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
  if (beyond > 0) told("wide", `${beyond} px`);
  for (const box of document.querySelectorAll('[data-testid="stException"], [data-testid="stAlertContentError"]')) {
    told("failed", box.innerText.slice(0, 80));
  }

  // Colours: the text's own, laid over every ground behind it.
  const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((each, at) => each * a + under[at] * (1 - a));
  const groundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null; // a gradient or a picture: not to be worked out
      const layer = parts(style.backgroundColor);
      if (layer[3] !== 0) layers.push(layer);
      if (layer[3] === undefined) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => (each / 255 <= 0.04045 ? each / 3294.6 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = (element) => {
    let whole = 1;
    for (let at = element; at; at = at.parentElement) whole *= Number(getComputedStyle(at).opacity);
    return whole;
  };

  // Whether something around it hides a part of the text (a scrollbar shows that there is more).
  const hidden = (element, box) => {
    for (let at = element; at && at !== main; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.position === "fixed") return false;
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return false;
      const edge = at.getBoundingClientRect();
      const clips = /hidden|clip/;
      if (clips.test(style.overflowX) && (box.right > edge.right + 2 || box.left < edge.left - 2)) return true;
      if (clips.test(style.overflowY) && (box.bottom > edge.bottom + 4 || box.top < edge.top - 4)) return true;
    }
    return false;
  };

  const walker = document.createTreeWalker(document.querySelector('[data-testid="stApp"]'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (!text || element.closest('canvas, style, script, title, [data-testid="stIconMaterial"]')) continue;
    const style = getComputedStyle(element);
    const whole_text = node.textContent;
    range.setStart(node, whole_text.length - whole_text.trimStart().length); // a space at the end of a line hangs over
    range.setEnd(node, whole_text.trimEnd().length);
    const box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || style.visibility !== "visible") continue;
    if (element.closest(`.visually-hidden, [aria-hidden='true'], ${FOLDED}`) || style.clip === "rect(0px, 0px, 0px, 0px)") continue;
    const whole = faint(element);
    if (whole < 0.05) continue;
    const words_of = text.slice(0, 40);
    const size = parseFloat(style.fontSize);
    if (size < 12) told("small", `${words_of} ${size} px`);
    if (element.namespaceURI.endsWith("svg")) {
      const edge = element.closest("svg").getBoundingClientRect();
      if (box.right > edge.right + 2 || box.left < edge.left - 2) told("cut", words_of);
    } else if (hidden(element, box)) told("cut", words_of);
    const out = element.closest('[disabled], [aria-disabled="true"], [data-disabled="true"]') || element.closest(".bartext");
    const ground = out ? null : groundOf(element);
    if (ground) {
      const ink = parts(element.namespaceURI.endsWith("svg") ? style.fill : style.color);
      const seen = over([...ink.slice(0, 3), (ink[3] ?? 1) * whole], ground);
      const bold = Number(style.fontWeight) >= 600;
      const needed = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
      const ratio = contrast(seen, ground);
      if (ink.length >= 3 && ratio < needed - 0.01) told("pale", `${words_of} ${ratio.toFixed(2)}`);
    }
    const spoken = text.replace(/[\w.-]+\.(txt|xlsx|docx|pdf|csv|html)/g, ""); // without names of files
    for (const word of spoken.match(/[A-Za-z]{3,}/g) || []) {
      if (!words.includes(word.toLowerCase())) told("foreign", text.slice(0, 60));
    }
  }

  // What stands in a field as long as nothing is typed.
  for (const field of document.querySelectorAll("[data-testid='stApp'] :placeholder-shown")) {
    if (!field.getClientRects().length) continue;
    const strange = (field.placeholder.match(/[A-Za-z]{3,}/g) || []).find((word) => !words.includes(word.toLowerCase()));
    if (strange) told("foreign", field.placeholder);
  }

  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    if (!chart.getClientRects().length) continue; // of another size of screen
    const marks = ".point, .points path, .js-line, .trace path, .slice, .heatmaplayer image, .bars path";
    const drawn = [...chart.querySelectorAll(marks)].some((mark) => {
      const box = mark.getBoundingClientRect();
      return box.width > 0 || box.height > 0;
    });
    if (!drawn) told("empty", (chart.closest('[data-testid="stPlotlyChart"]') || chart).innerText.slice(0, 40));
  }
  return Object.fromEntries(Object.entries(found).filter(([, list]) => list.length));
}
