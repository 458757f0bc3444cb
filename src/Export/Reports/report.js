"use strict";
(() => {
  const minus = "\u2212";
  const short = (value) => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    const text = size < 1e-4 || size >= 1e7 ? size.toExponential(2) : size.toPrecision(Math.max(4, Math.ceil(Math.log10(size + 1))));
    return (value < 0 ? minus : "") + text.replace("-", minus);
  };
  const withUnit = (value, unit) => short(value) + (unit ? " " + unit : "");

  // Native titles wait and cover the figure; the same words show at once in our own box.
  for (const svg of document.querySelectorAll("svg.figure")) {
    for (const title of svg.querySelectorAll("title")) {
      if (title.parentNode === svg) svg.setAttribute("aria-label", title.textContent);
      else title.parentNode.dataset.tip = title.textContent;
      title.remove();
    }
  }

  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
  cursor.setAttribute("class", "cursor");

  const hide = () => { tip.hidden = true; cursor.remove(); };
  const show = (event, text) => {
    tip.textContent = text;
    tip.hidden = false;
    const right = event.clientX + 14 + tip.offsetWidth > innerWidth;
    const below = event.clientY + 18 + tip.offsetHeight > innerHeight;
    tip.style.left = Math.max(4, right ? event.clientX - 10 - tip.offsetWidth : event.clientX + 14) + "px";
    tip.style.top = (below ? event.clientY - 10 - tip.offsetHeight : event.clientY + 18) + "px";
  };

  const scale = (marks, name) => {
    const [pixelA, pixelB, valueA, valueB] = marks.dataset[name].split(" ").map(Number);
    return { low: Math.min(pixelA, pixelB), high: Math.max(pixelA, pixelB),
      value: (pixel) => valueA + (pixel - pixelA) / (pixelB - pixelA) * (valueB - valueA) };
  };
  const known = new WeakMap();
  const points = (path) => {
    if (!known.has(path)) {
      known.set(path, [...path.getAttribute("d").matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map((m) => [Number(m[1]), Number(m[2])]));
    }
    return known.get(path);
  };
  const nearest = (list, distance) => {
    let best = null, least = Infinity;
    for (const point of list) {
      const d = distance(point);
      if (d < least) { least = d; best = point; }
    }
    return [best, least];
  };

  const lineText = (marks, at) => {
    const x = scale(marks, "x"), y = scale(marks, "y");
    if (at.x < x.low - 4 || at.x > x.high + 4 || at.y < y.low || at.y > y.high) return null;
    const rows = [];
    let place = null;
    for (const path of marks.querySelectorAll("path[data-name]")) {
      const [point] = nearest(points(path), (p) => Math.abs(p[0] - at.x));
      if (!point) continue;
      place ??= point[0];
      rows.push(path.dataset.name + ": " + withUnit(y.value(point[1]), marks.dataset.yUnit));
    }
    if (place === null) return null;
    for (const [key, value] of Object.entries({ x1: place, x2: place, y1: y.low, y2: y.high })) cursor.setAttribute(key, value);
    marks.append(cursor);
    return marks.dataset.xName + " " + withUnit(x.value(place), marks.dataset.xUnit) + "\n" + rows.join("\n");
  };

  const scatterText = (marks, at) => {
    const [point, squared] = nearest(points(marks.querySelector(".points")), (p) => (p[0] - at.x) ** 2 + (p[1] - at.y) ** 2);
    if (!point || squared > 100) return null;
    return marks.dataset.xName + " " + withUnit(scale(marks, "x").value(point[0]), marks.dataset.xUnit) + "\n"
      + marks.dataset.yName + " " + withUnit(scale(marks, "y").value(point[1]), marks.dataset.yUnit);
  };

  // Cell values are read back from the picture: the colour scale tells which level a colour is.
  const pixels = async (image) => {
    const source = new Image();
    source.src = image.getAttribute("href");
    await source.decode();
    const canvas = document.createElement("canvas");
    canvas.width = source.naturalWidth;
    canvas.height = source.naturalHeight;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const colour = (data, index) => data[4 * index + 3] === 0 ? null : (data[4 * index] << 16) | (data[4 * index + 1] << 8) | data[4 * index + 2];
  const heat = new WeakMap();
  const prepare = (svg) => {
    if (heat.has(svg)) return;
    heat.set(svg, null);
    const cells = svg.querySelector(".cells");
    Promise.all([pixels(cells), pixels(svg.querySelector(".scale"))]).then(([data, bar]) => {
      const levels = new Map();
      const count = bar.length / 4;
      for (let i = 0; i < count; i++) levels.set(colour(bar, i), (count - 1 - i) / (count - 1));
      heat.set(svg, { data, levels });
    });
  };
  const heatText = (svg, at) => {
    prepare(svg);
    const cells = svg.querySelector(".cells"), ready = heat.get(svg);
    const number = (name) => Number(cells.getAttribute(name));
    const column = Math.floor((at.x - number("x")) / number("width") * number("data-columns"));
    const row = Math.floor((at.y - number("y")) / number("height") * number("data-rows"));
    if (!ready || column < 0 || row < 0 || column >= number("data-columns") || row >= number("data-rows")) return null;
    const share = ready.levels.get(colour(ready.data, row * number("data-columns") + column));
    const low = number("data-low"), high = number("data-high");
    const value = share === undefined ? "blank" : "about " + withUnit(Number((low + share * (high - low)).toPrecision(3)), cells.dataset.unit);
    return cells.dataset.rowName + " " + (row + 1) + ", " + cells.dataset.columnName + " " + (column + 1) + "\n" + value;
  };

  document.addEventListener("pointermove", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const titled = target?.closest("[data-tip]");
    if (titled) { cursor.remove(); show(event, titled.dataset.tip); return; }
    const svg = target?.closest("svg.figure");
    const matrix = svg?.getScreenCTM();
    if (!matrix) { hide(); return; }
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const marks = svg.querySelector(".marks");
    const text = svg.matches(".figure-line") ? lineText(marks, at)
      : svg.matches(".figure-scatter") ? scatterText(marks, at)
      : svg.matches(".figure-heat") ? heatText(svg, at) : null;
    if (text === null) hide(); else show(event, text);
  });
  document.addEventListener("pointerleave", hide);
  addEventListener("scroll", hide, { passive: true });

  const key = (row, index) => {
    const cell = row.cells[index], sort = cell.dataset.sort;
    return sort === undefined ? cell.textContent : sort !== "" && !Number.isNaN(Number(sort)) ? Number(sort) : sort;
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b
    : typeof a === typeof b ? a.localeCompare(b, "en", { numeric: true }) : typeof a === "number" ? -1 : 1;
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const isDescending = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows].sort((a, b) => (isDescending ? -1 : 1) * compare(key(a, index), key(b, index)));
        body.append(...rows);
      });
    });
  }
})();
