// What a machine can see of what is drawn rather than written: words of a chart that lie over one another or over its
// marks, and words of a table that are longer than their cell.
() => {
  const MOST = 8;
  const found = { crossed: [], narrow: [], faint: [], unread: [] };
  const told = (kind, text) => found[kind].length < MOST && !found[kind].includes(text) && found[kind].push(text);
  const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

  // Charts. A letter's box is taller than the letter: what only touches does not lie over one another.
  const LEAST = 3; // px
  const shrunk = (box) => ({ left: box.left + LEAST, right: box.right - LEAST, top: box.top + LEAST, bottom: box.bottom - LEAST });
  const over = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const inside = (box, { x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom;
  // Points along a line, where they stand on the screen.
  const along = (path) => {
    const [way, length] = [path.getScreenCTM(), path.getTotalLength()];
    const steps = Math.min(400, Math.ceil(length / 3));
    return Array.from({ length: steps + 1 }, (_, at) => path.getPointAtLength((length * at) / steps).matrixTransform(way));
  };
  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    const texts = [...chart.querySelectorAll("text")]
      .filter((each) => each.textContent.trim() && shown(each) && Number(getComputedStyle(each).opacity) > 0.05)
      .filter((each) => !each.closest(".hoverlayer"))
      .map((each) => ({ each, said: each.textContent.trim(), box: shrunk(each.getBoundingClientRect()) }));
    texts.forEach((one, place) => {
      for (const other of texts.slice(place + 1)) {
        if (over(one.box, other.box)) told("crossed", `${one.said.slice(0, 24)} / ${other.said.slice(0, 24)}`);
      }
    });
    const own = texts.filter(({ each }) => !each.closest(".bartext, .legend") && !each.classList.contains("bartext"));
    const lines = [...chart.querySelectorAll(".shapelayer path, .js-line, .yerror, .xerror")].filter(shown);
    for (const line of lines) {
      const points = along(line);
      const hit = own.find(({ box }) => points.some((point) => inside(box, point)));
      if (hit) told("crossed", `${hit.said.slice(0, 24)} / a line`);
    }
    const marks = ".plot .point, .plot .points > path, .plot .bars path, .shapelayer path";
    for (const mark of [...chart.querySelectorAll(marks)].filter(shown)) {
      const edge = mark.getBoundingClientRect();
      const hit = own.find(({ box }) => edge.width > 0 && edge.height > 0 && over(box, edge));
      if (hit) told("crossed", `${hit.said.slice(0, 24)} / a mark`);
    }
  }

  // Tables are drawn on a canvas. What their cells hold and how wide they are only the table itself knows.
  const ROWS = 60; // looked at of each table
  const brush = document.createElement("canvas").getContext("2d");
  const gridOf = (canvas) => {
    const key = Object.keys(canvas).find((name) => name.startsWith("__reactFiber"));
    for (let at = canvas[key]; at; at = at.return) {
      if (at.memoizedProps?.getCellContent && at.memoizedProps?.columns) return at.memoizedProps;
    }
    return null;
  };
  const width = (text) => brush.measureText(text).width;
  // Words one after the other in lines of a width, as the table breaks them: at the last space, else anywhere.
  const linesOf = (text, room) => {
    let [lines, rest] = [1, text];
    while (width(rest) > room) {
      let fitting = rest.length;
      while (fitting > 1 && width(rest.slice(0, fitting)) > room) fitting -= 1;
      const space = rest.lastIndexOf(" ", fitting);
      rest = rest.slice(space > 0 ? space : fitting).trim();
      lines += 1;
    }
    return lines;
  };
  const EDGE = 3; // px above and below the lines of a cell
  const fits = (cell, room, high, theme) => {
    const inner = room - 2 * theme.cellHorizontalPadding;
    if (cell.kind === "custom" && cell.data.kind === "multi-select-cell") {
      return cell.data.values.reduce((sum, each) => sum + width(each) + 16 + 4, 0) - 4 <= inner + 1;
    }
    const text = String(cell.displayData ?? cell.data?.label ?? (typeof cell.data === "string" ? cell.data : ""));
    const lines = text.split("\n");
    if (!cell.allowWrapping) return lines.length === 1 && width(text) <= inner + 1;
    return lines.reduce((sum, line) => sum + linesOf(line, inner), 0) * 14 * theme.lineHeight + 2 * EDGE <= high;
  };
  // Words of columns that stay in place are drawn at 60 %.
  const FADED = 0.6;
  const parts = (colour) => {
    brush.fillStyle = colour; // the canvas writes every colour alike
    return [1, 3, 5].map((at) => parseInt(brush.fillStyle.slice(at, at + 2), 16));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => (each / 255 <= 0.04045 ? each / 3294.6 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faded = (theme) => {
    const [ink, ground] = [parts(theme.textDark), parts(theme.bgCell)];
    const [high, low] = [light(ground), light(ink.map((each, at) => FADED * each + (1 - FADED) * ground[at]))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  for (const canvas of document.querySelectorAll('canvas[data-testid="data-grid-canvas"]')) {
    const grid = gridOf(canvas);
    if (!grid) {
      told("unread", "a table");
      continue;
    }
    const { columns, rows, rowHeight, theme } = grid;
    columns.forEach((column, at) => {
      brush.font = theme.headerFontFull;
      const heading = width(column.title) <= column.width - 2 * theme.cellHorizontalPadding + 1;
      if (!heading) told("narrow", `${column.title}: ${column.width} px`);
      brush.font = theme.baseFontFull;
      for (let row = 0; row < Math.min(rows, ROWS); row += 1) {
        const cell = grid.getCellContent([at, row]);
        if (cell.style === "faded" && faded(theme) < 4.5) told("faint", `${column.title}: ${faded(theme).toFixed(2)}`);
        const high = typeof rowHeight === "function" ? rowHeight(row) : rowHeight;
        if (cell.kind !== "loading" && !fits(cell, column.width, high, theme)) {
          told("narrow", `${column.title}: ${String(cell.displayData ?? cell.copyData).slice(0, 60)} in ${column.width} px`);
          break;
        }
      }
    });
  }
  return Object.fromEntries(Object.entries(found).filter(([, list]) => list.length));
}
