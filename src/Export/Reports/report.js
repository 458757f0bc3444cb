"use strict";
(() => {
  const minus = "\u2212", svgNames = "http://www.w3.org/2000/svg";
  const short = (value) => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    const text = size < 1e-4 || size >= 1e7 ? size.toExponential(2) : size.toPrecision(Math.max(4, Math.ceil(Math.log10(size + 1))));
    return (value < 0 ? minus : "") + text.replace("-", minus);
  };
  const withUnit = (value, unit) => short(value) + (unit ? " " + unit : "");
  // Drawings are exact to a hundredth of a pixel: digits beyond a thousandth of the axis mean nothing.
  const read = (axis, pixel, unit) => {
    const decimals = -Math.floor(Math.log10(axis.range / 2000));
    if (decimals < 0 || decimals > 6) return withUnit(axis.value(pixel), unit);
    const text = axis.value(pixel).toFixed(decimals);
    return (Number(text) === 0 ? text.replace("-", "") : text.replace("-", minus)) + (unit ? " " + unit : "");
  };
  const element = (name, properties, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  };
  const button = (text, click) => {
    const made = element("button", { type: "button", textContent: text });
    made.addEventListener("click", click);
    return made;
  };
  const figures = [...document.querySelectorAll("svg.figure")];

  // Native titles wait and cover the figure; the same words show at once in our own box.
  for (const svg of figures) {
    for (const title of svg.querySelectorAll("title")) {
      if (title.parentNode === svg) svg.setAttribute("aria-label", title.textContent);
      else title.parentNode.dataset.tip = title.textContent;
      title.remove();
    }
  }

  const tip = element("div", { id: "tip", hidden: true, ariaHidden: "true" });
  const spoken = element("div", { className: "spoken", role: "status" });
  document.body.append(tip, spoken);
  const cursor = document.createElementNS(svgNames, "line");
  cursor.setAttribute("class", "cursor");
  const mark = document.createElementNS(svgNames, "rect");
  mark.setAttribute("class", "selection");

  const hide = () => { tip.hidden = true; cursor.remove(); };
  const show = (x, y, text) => {
    tip.textContent = text;
    tip.hidden = false;
    const right = x + 14 + tip.offsetWidth > innerWidth, below = y + 18 + tip.offsetHeight > innerHeight;
    tip.style.left = Math.max(4, right ? x - 10 - tip.offsetWidth : x + 14) + "px";
    tip.style.top = (below ? y - 10 - tip.offsetHeight : y + 18) + "px";
  };

  // Line charts and scatter plots: the group of the marks carries the scales.
  const scale = (marks, name) => {
    const [pixelA, pixelB, valueA, valueB] = marks.dataset[name].split(" ").map(Number);
    return { low: Math.min(pixelA, pixelB), high: Math.max(pixelA, pixelB), range: Math.abs(valueB - valueA),
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
  const lines = (svg) => [...svg.querySelectorAll(".marks path[data-name]:not(.off)")];

  const lineText = (svg, at) => {
    const marks = svg.querySelector(".marks"), x = scale(marks, "x"), y = scale(marks, "y");
    if (at.x < x.low - 4 || at.x > x.high + 4 || at.y < y.low || at.y > y.high) return null;
    const rows = [];
    let place = null;
    for (const path of lines(svg)) {
      const [point] = nearest(points(path), (p) => Math.abs(p[0] - at.x));
      if (!point) continue;
      place ??= point[0];
      rows.push(path.dataset.name + ": " + read(y, point[1], marks.dataset.yUnit));
    }
    if (place === null) return null;
    for (const [key, value] of Object.entries({ x1: place, x2: place, y1: y.low, y2: y.high })) cursor.setAttribute(key, value);
    marks.append(cursor);
    return marks.dataset.xName + " " + read(x, place, marks.dataset.xUnit) + "\n" + rows.join("\n");
  };

  const scatterText = (svg, at) => {
    const marks = svg.querySelector(".marks");
    const [point, squared] = nearest(points(marks.querySelector(".points")), (p) => (p[0] - at.x) ** 2 + (p[1] - at.y) ** 2);
    if (!point || squared > 100) return null;
    return marks.dataset.xName + " " + read(scale(marks, "x"), point[0], marks.dataset.xUnit) + "\n"
      + marks.dataset.yName + " " + read(scale(marks, "y"), point[1], marks.dataset.yUnit);
  };

  // Heat maps: cell values are read back from the picture; the colour scale tells which level a colour is.
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
    Promise.all([pixels(svg.querySelector(".cells")), pixels(svg.querySelector(".scale"))]).then(([data, bar]) => {
      const levels = new Map(), count = bar.length / 4;
      for (let i = 0; i < count; i++) levels.set(colour(bar, i), (count - 1 - i) / (count - 1));
      heat.set(svg, { data, levels });
    });
  };
  const numbers = (view, ...names) => names.map((name) => Number(view.getAttribute(name)));
  const box = (view) => view.getAttribute("viewBox").split(" ").map(Number);
  const cellAt = (view, at) => {
    const [x, y, width, height] = numbers(view, "x", "y", "width", "height"), [left, top, columns, rows] = box(view);
    if (at.x < x || at.y < y || at.x >= x + width || at.y >= y + height) return null;
    return { column: Math.floor(left + (at.x - x) / width * columns), row: Math.floor(top + (at.y - y) / height * rows) };
  };
  const heatText = (svg, at) => {
    prepare(svg);
    const view = svg.querySelector(".view"), ready = heat.get(svg), cell = cellAt(view, at);
    if (!ready || !cell) return null;
    const [columns, low, high] = numbers(view, "data-columns", "data-low", "data-high");
    const share = ready.levels.get(colour(ready.data, cell.row * columns + cell.column));
    const value = share === undefined ? "blank" : "about " + withUnit(Number((low + share * (high - low)).toPrecision(3)), view.dataset.unit);
    return view.dataset.rowName + " " + (cell.row + 1) + ", " + view.dataset.columnName + " " + (cell.column + 1) + "\n" + value;
  };

  // Zooming a heat map: the cells are a view of their own, whose box is what is seen.
  const labels = (first, count, most) => {
    let step = 1;
    for (const factor of [2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2]) if (count / step > most) step *= factor;
    const list = [];
    for (let n = Math.ceil((first + 1) / step) * step; n <= first + count; n += step) list.push(n);
    if (first === 0 && step > 1) list.unshift(1);
    return list;
  };
  const draw = (group, list, place) => group.replaceChildren(...list.flatMap((n) => {
    const made = [document.createElementNS(svgNames, "line"), document.createElementNS(svgNames, "text")];
    made[0].setAttribute("class", "tick");
    made[1].textContent = String(n);
    place(n, made[0], made[1]);
    return made;
  }));
  const set = (target, values) => { for (const [key, value] of Object.entries(values)) target.setAttribute(key, value); };
  const look = (svg, left, top, columns, rows) => {
    const view = svg.querySelector(".view"), [allColumns, allRows] = numbers(view, "data-columns", "data-rows");
    columns = Math.min(allColumns, Math.max(Math.min(4, allColumns), Math.round(columns)));
    rows = Math.min(allRows, Math.max(Math.min(4, allRows), Math.round(rows)));
    left = Math.min(allColumns - columns, Math.max(0, Math.round(left)));
    top = Math.min(allRows - rows, Math.max(0, Math.round(top)));
    view.setAttribute("viewBox", left + " " + top + " " + columns + " " + rows);
    const [x, y, width, height] = numbers(view, "x", "y", "width", "height");
    draw(svg.querySelector(".rows"), labels(top, rows, height / 42), (n, line, text) => {
      const middle = y + (n - 0.5 - top) / rows * height;
      set(line, { x1: x - 4, x2: x, y1: middle, y2: middle });
      set(text, { x: x - 7, y: middle + 4, "text-anchor": "end" });
    });
    draw(svg.querySelector(".columns"), labels(left, columns, width / 42), (n, line, text) => {
      const middle = x + (n - 0.5 - left) / columns * width;
      set(line, { x1: middle, x2: middle, y1: y + height, y2: y + height + 4 });
      set(text, { x: middle, y: y + height + 17, "text-anchor": "middle" });
    });
    const tools = svg.parentNode.querySelector(".tools");
    if (tools) tools.lastChild.textContent = columns === allColumns && rows === allRows ? "" : view.dataset.rowName + "s " + (top + 1) + " to " + (top + rows)
      + ", " + view.dataset.columnName + "s " + (left + 1) + " to " + (left + columns);
    hide();
  };
  const zoom = (svg, factor) => {
    const [left, top, columns, rows] = box(svg.querySelector(".view"));
    look(svg, left + columns * (1 - factor) / 2, top + rows * (1 - factor) / 2, columns * factor, rows * factor);
  };
  const whole = (svg) => look(svg, 0, 0, Infinity, Infinity);
  const toFigure = (svg, event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  for (const svg of figures.filter((f) => f.matches(".figure-heat"))) {
    const view = svg.querySelector(".view");
    const tools = element("div", { className: "tools" }, button("Zoom in", () => zoom(svg, 0.5)), button("Zoom out", () => zoom(svg, 2)),
      button("Whole map", () => whole(svg)), element("span", { role: "status" }));
    tools.firstChild.title = "or draw a rectangle on the map";
    svg.before(tools);
    let from = null;
    view.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      from = toFigure(svg, event);
      view.setPointerCapture(event.pointerId);
      event.preventDefault();
      svg.focus({ preventScroll: true });
    });
    view.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = toFigure(svg, event);
      set(mark, { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
      svg.append(mark);
    });
    view.addEventListener("pointerup", (event) => {
      if (!from) return;
      const [x, y, width, height] = numbers(view, "x", "y", "width", "height"), to = toFigure(svg, event), [left, top, columns, rows] = box(view);
      const inside = (value, low, size) => Math.min(1, Math.max(0, (value - low) / size));
      const [a, b] = [inside(from.x, x, width), inside(to.x, x, width)].sort((p, q) => p - q);
      const [c, d] = [inside(from.y, y, height), inside(to.y, y, height)].sort((p, q) => p - q);
      from = null;
      mark.remove();
      if ((b - a) * width > 6 && (d - c) * height > 6) look(svg, left + a * columns, top + c * rows, (b - a) * columns, (d - c) * rows);
    });
    view.addEventListener("pointercancel", () => { from = null; mark.remove(); });
  }

  const textAt = (svg, at) => svg.matches(".figure-line") ? lineText(svg, at) : svg.matches(".figure-scatter") ? scatterText(svg, at)
    : svg.matches(".figure-heat") ? heatText(svg, at) : null;
  document.addEventListener("pointermove", (event) => {
    const target = event.target instanceof Element ? event.target : null, titled = target?.closest("[data-tip]");
    if (titled) { cursor.remove(); show(event.clientX, event.clientY, titled.dataset.tip); return; }
    const svg = target?.closest("svg.figure"), text = svg?.getScreenCTM() ? textAt(svg, toFigure(svg, event)) : null;
    if (text === null || text === undefined) hide(); else show(event.clientX, event.clientY, text);
  });
  document.addEventListener("pointerleave", hide);
  addEventListener("scroll", hide, { passive: true });

  // The same values with the arrow keys.
  const places = new WeakMap();
  const tell = (svg, at) => {
    const text = textAt(svg, at);
    if (text === null) return;
    const seen = new DOMPoint(at.x, at.y).matrixTransform(svg.getScreenCTM());
    show(seen.x, seen.y, text);
    spoken.textContent = text.replaceAll("\n", ", ");
  };
  const stepLine = (svg, right) => {
    const list = points(lines(svg)[0] ?? svg.querySelector(".marks path")), y = scale(svg.querySelector(".marks"), "y");
    const index = Math.min(list.length - 1, Math.max(0, (places.get(svg) ?? -1) + right));
    places.set(svg, index);
    tell(svg, { x: list[index][0], y: (y.low + y.high) / 2 });
  };
  const stepHeat = (svg, right, down) => {
    const view = svg.querySelector(".view"), [x, y, width, height, allColumns, allRows] = numbers(view, "x", "y", "width", "height", "data-columns", "data-rows");
    let [left, top, columns, rows] = box(view);
    const place = places.get(svg) ?? { column: left - right, row: top };
    const column = Math.min(allColumns - 1, Math.max(0, place.column + right)), row = Math.min(allRows - 1, Math.max(0, place.row + down));
    places.set(svg, { column, row });
    if (column < left || column >= left + columns || row < top || row >= top + rows) {
      look(svg, column < left ? column : Math.max(left, column - columns + 1), row < top ? row : Math.max(top, row - rows + 1), columns, rows);
      [left, top, columns, rows] = box(view);
    }
    tell(svg, { x: x + (column + 0.5 - left) / columns * width, y: y + (row + 0.5 - top) / rows * height });
  };
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  for (const svg of figures.filter((f) => f.matches(".figure-heat, .figure-line"))) {
    svg.setAttribute("tabindex", "0");
    svg.setAttribute("aria-description", "Arrow keys read values.");
    if (svg.matches(".figure-heat")) svg.addEventListener("focus", () => prepare(svg));
    svg.addEventListener("blur", hide);
    svg.addEventListener("keydown", (event) => {
      const isHeat = svg.matches(".figure-heat"), step = steps[event.key];
      if (event.key === "Escape" || event.ctrlKey || event.altKey || event.metaKey) { hide(); return; }
      if (isHeat && event.key === "+") zoom(svg, 0.5);
      else if (isHeat && event.key === "-") zoom(svg, 2);
      else if (isHeat && event.key === "0") whole(svg);
      else if (isHeat && step) stepHeat(svg, step[0], step[1]);
      else if (!isHeat && step && step[0] !== 0) stepLine(svg, step[0]);
      else return;
      event.preventDefault();
    });
  }

  // A key of a legend shows and hides its line.
  for (const key of document.querySelectorAll("svg.figure-line .key")) {
    const svg = key.closest("svg.figure"), name = key.querySelector("text").textContent;
    const toggle = () => {
      const isOn = key.getAttribute("aria-pressed") !== "true";
      key.setAttribute("aria-pressed", String(isOn));
      for (const path of svg.querySelectorAll(".marks path[data-name]")) if (path.dataset.name === name) path.classList.toggle("off", !isOn);
    };
    set(key, { role: "button", tabindex: "0", "aria-pressed": "true" });
    key.addEventListener("click", toggle);
    key.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      toggle();
    });
  }
  // An image has no parts for a screen reader; one with buttons is a group.
  for (const svg of document.querySelectorAll("svg.figure-line")) svg.setAttribute("role", "group");

  const settings = element("div", { className: "settings" });
  document.querySelector(".contents").append(settings);

  // Engines that can be shown and hidden everywhere at once.
  const engines = [...new Set([...document.querySelectorAll("[data-engine]")].map((e) => e.dataset.engine))];
  if (engines.length > 1) {
    const box = element("fieldset", { className: "engines" }, element("legend", { textContent: "Engines shown" }));
    for (const engine of engines) {
      const check = element("input", { type: "checkbox", checked: true, name: "engine", value: engine });
      check.addEventListener("change", () => {
        for (const part of document.querySelectorAll("[data-engine]")) if (part.dataset.engine === engine) part.classList.toggle("off", !check.checked);
      });
      box.append(element("label", {}, check, " " + engine));
    }
    settings.append(box);
  }

  // Light, dark, or as the reader's system is: rules for dark are switched by their condition.
  const dark = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme: dark"));
  const asGiven = dark.map((rule) => rule.media.mediaText);
  const theme = (name) => {
    dark.forEach((rule, i) => { rule.media.mediaText = name === "dark" ? "screen" : name === "light" ? "not all" : asGiven[i]; });
    document.documentElement.style.colorScheme = name === "system" ? "" : name;
  };
  const choice = element("select", {}, ...["system", "light", "dark"].map((name) => element("option", { value: name, textContent: name })));
  choice.addEventListener("change", () => theme(choice.value));
  settings.append(element("label", { className: "theme" }, "Colours ", choice));

  const key = (row, index) => {
    const cell = row.cells[index], sort = cell.dataset.sort;
    return sort === undefined ? cell.textContent : sort !== "" && !Number.isNaN(Number(sort)) ? Number(sort) : sort;
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b
    : typeof a === typeof b ? a.localeCompare(b, "en", { numeric: true }) : typeof a === "number" ? -1 : 1;
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => {
      head.replaceChildren(button(head.textContent, () => {
        const isDescending = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        const body = table.tBodies[0];
        body.append(...[...body.rows].sort((a, b) => (isDescending ? -1 : 1) * compare(key(a, index), key(b, index))));
      }));
    });
  }
})();
