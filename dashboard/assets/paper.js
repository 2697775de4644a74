// How charts and tables are laid on paper: a page is printed as it was laid out for the screen, and what is wider is cut off.
{
  // A chart is at most as wide as the sheet. Nor does it grow: what stands below it would lie over it.
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");
  const fitted = () => {
    for (const frame of charts()) {
      const [width, height] = [frame.clientWidth, frame.clientHeight];
      if (!width || !height) continue; // one that is not shown
      frame.dataset.screen = frame.getAttribute("style");
      Object.assign(frame.style, { width: "100%", height: "auto", aspectRatio: `${width} / ${height}` });
      frame.style.setProperty("max-width", `${width}px`, "important");
      for (const layer of frame.querySelectorAll("svg.main-svg")) layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    }
  };
  const unfitted = () => {
    for (const frame of charts()) {
      if (!("screen" in frame.dataset)) continue;
      frame.setAttribute("style", frame.dataset.screen);
      delete frame.dataset.screen;
      for (const layer of frame.querySelectorAll("svg.main-svg")) layer.removeAttribute("viewBox");
    }
  };
  // A table is a picture too, as wide as the screen: on paper stands a copy that is at most as wide as the sheet. What was not in
  // sight is not in the picture; a line below says so.
  const tables = () => document.querySelectorAll('[data-testid="stDataFrame"]');
  const copiedTables = () => {
    for (const table of tables()) {
      const [layers, seen] = [[...table.querySelectorAll("canvas")], table.querySelector(".dvn-scroller")]; // cells, then headings
      const [drawn] = layers;
      if (!drawn?.width || table.querySelector(".on-paper")) continue;
      const copy = Object.assign(document.createElement("canvas"), { className: "on-paper", width: drawn.width, height: drawn.height });
      for (const layer of layers) if (layer.width) copy.getContext("2d").drawImage(layer, 0, 0);
      const hidden = (seen?.scrollWidth ?? 0) > drawn.clientWidth + 1 || (seen?.scrollHeight ?? 0) > drawn.clientHeight + 1;
      table.toggleAttribute("data-more", hidden);
      table.style.setProperty("--drawn", `${drawn.clientWidth}px`);
      table.append(copy); // what it stands for is hidden from now on
    }
  };
  const droppedTables = () => {
    for (const copy of document.querySelectorAll(".on-paper")) copy.remove();
  };
  addEventListener("beforeprint", fitted);
  addEventListener("beforeprint", copiedTables);
  addEventListener("afterprint", unfitted);
  addEventListener("afterprint", droppedTables);
}
