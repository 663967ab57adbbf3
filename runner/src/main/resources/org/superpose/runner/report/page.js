"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = id => document.getElementById(id);
  const PAGE = 100;

  // The table. A column gives the value of a row: a number, a text or null.
  const columns = data.columns.map(c => ({
    name: c.name,
    title: c.title,
    digits: c.digits,
    shown: c.shown,
    numeric: !c.texts,
    value: c.texts ? r => c.texts[c.places[r]] : r => c.numbers[r],
    filter: "",
  }));
  const command = r => data.commands[data.commandPlaces[r]] + " --unit " + data.units[r];
  let order = Array.from({length: data.count}, (_, r) => r);
  let shown = order;
  let sorted = null;
  let page = 0;
  let chosen = -1;

  // The digits of the command line: two after the point, none from a thousand on, powers of ten for what is tiny.
  const grouped = v => Math.round(v).toLocaleString("en");
  function text(column, r) {
    const v = column.value(r);
    if (v === null || v === undefined || v === "") return "-";
    if (typeof v !== "number" || column.digits === "plain") return String(v);
    if (column.digits !== "real" || Math.abs(v) >= 1000) return grouped(v);
    return v !== 0 && Math.abs(v) < 0.005
      ? v.toExponential(2).replace(/e([-+])(\d)$/, "E$10$2").replace("e", "E") : v.toFixed(2);
  }

  // What a filter asks: for numbers a comparison or a range, for anything a part of the text.
  function predicate(column) {
    const wanted = column.filter.trim();
    if (wanted === "") return null;
    if (column.numeric) {
      const range = wanted.match(/^(-?[\d.]+(?:e[-+]?\d+)?)\.\.(-?[\d.]+(?:e[-+]?\d+)?)$/i);
      if (range) return r => { const v = column.value(r); return v !== null && v >= +range[1] && v <= +range[2]; };
      const comparison = wanted.match(/^(<=|>=|<|>|=)\s*(-?[\d.]+(?:e[-+]?\d+)?)$/i);
      if (comparison) {
        const bound = +comparison[2];
        const holds = {"<": v => v < bound, ">": v => v > bound, "<=": v => v <= bound, ">=": v => v >= bound, "=": v => +v === bound};
        return r => column.value(r) !== null && holds[comparison[1]](column.value(r));
      }
    }
    const part = wanted.toLowerCase();
    return r => String(column.value(r) ?? "").toLowerCase().includes(part) || text(column, r).toLowerCase().includes(part);
  }

  function filter() {
    const all = columns.map(predicate).filter(p => p);
    shown = all.length ? order.filter(r => all.every(p => p(r))) : order;
    page = 0;
    draw();
  }

  function sort(column) {
    const down = sorted && sorted.column === column && !sorted.down;
    sorted = {column, down};
    const sign = down ? -1 : 1;
    // Missing values stay at the end whichever way the others go; equal ones keep the order of rows.
    order = Array.from({length: data.count}, (_, r) => r).sort((a, b) => {
      const x = column.value(a), y = column.value(b);
      const gone = (x === null || x === "") - (y === null || y === "");
      if (gone) return gone;
      const less = typeof x === "number" && typeof y === "number" ? x - y
        : String(x).localeCompare(String(y), "en", {numeric: true});
      return sign * less || a - b;
    });
    filter();
  }

  function head() {
    const row = document.createElement("tr");
    const number = document.createElement("th");
    number.scope = "col";
    number.textContent = "row";
    row.append(number);
    for (const column of columns.filter(c => c.shown)) {
      const cell = document.createElement("th");
      cell.scope = "col";
      if (column.numeric) cell.className = "number";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = column.title;
      button.addEventListener("click", () => sort(column));
      const input = document.createElement("input");
      input.setAttribute("aria-label", "Filter " + column.title);
      input.value = column.filter;
      input.dataset.column = column.name;
      input.addEventListener("input", () => { column.filter = input.value; filter(); });
      column.cell = cell;
      column.input = input;
      cell.append(button, input);
      row.append(cell);
    }
    byId("table").tHead.replaceChildren(row);
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.min(page, pages - 1);
    const body = document.createDocumentFragment();
    for (const r of shown.slice(page * PAGE, (page + 1) * PAGE)) {
      const row = document.createElement("tr");
      row.id = "row-" + (r + 1);
      if (r === chosen) row.className = "chosen";
      const first = document.createElement("td");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = r + 1;
      button.title = command(r);
      button.addEventListener("click", () => reproduce(r));
      first.append(button);
      row.append(first);
      for (const column of columns.filter(c => c.shown)) {
        const cell = document.createElement("td");
        if (column.numeric) cell.className = "number";
        cell.textContent = text(column, r);
        if (column.name === "verdict") cell.classList.add("verdict", String(column.value(r)).toLowerCase());
        row.append(cell);
      }
      body.append(row);
    }
    byId("table").tBodies[0].replaceChildren(body);
    for (const column of columns.filter(c => c.shown)) {
      if (sorted && sorted.column === column) column.cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else column.cell.removeAttribute("aria-sort");
    }
    byId("shown").textContent = shown.length.toLocaleString("en") + " of " + data.count.toLocaleString("en") + " rows";
    byId("page").textContent = (page + 1).toLocaleString("en") + " / " + pages.toLocaleString("en");
    byId("previous").disabled = page === 0;
    byId("next").disabled = page === pages - 1;
  }

  // The command that makes a row again.
  function reproduce(r) {
    chosen = r;
    byId("which").textContent = "Row " + (r + 1);
    byId("command").textContent = command(r);
    byId("copy").textContent = "Copy";
    byId("reproduce").hidden = false;
    for (const row of byId("table").tBodies[0].rows) row.className = row.id === "row-" + (r + 1) ? "chosen" : "";
  }

  function goTo(r) {
    if (!shown.includes(r)) clear();
    page = Math.floor(shown.indexOf(r) / PAGE);
    draw();
    byId("row-" + (r + 1)).scrollIntoView({block: "center"});
  }

  function clear() {
    for (const column of columns) { column.filter = ""; if (column.input) column.input.value = ""; }
    filter();
  }

  byId("clear").addEventListener("click", clear);
  byId("previous").addEventListener("click", () => { page--; draw(); });
  byId("next").addEventListener("click", () => { page++; draw(); });
  byId("close").addEventListener("click", () => { byId("reproduce").hidden = true; });
  byId("goto").addEventListener("click", () => goTo(chosen));
  byId("copy").addEventListener("click", () => {
    const done = () => { byId("copy").textContent = "Copied"; };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(command(chosen)).then(done, select);
    } else {
      select();
    }
  });
  // Where the clipboard is closed to a page from a file, the command is selected for copying by hand.
  function select() {
    getSelection().selectAllChildren(byId("command"));
  }

  // Which columns are shown; a hidden one does not filter.
  for (const column of columns) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = column.shown;
    box.addEventListener("change", () => {
      column.shown = box.checked;
      if (!column.shown) column.filter = "";
      head();
      filter();
      edges();
    });
    label.append(box, " " + column.title);
    byId("chooser").querySelector("div").append(label);
  }

  // Shadows say on which side there is more of the table.
  function edges() {
    const frame = byId("frame");
    frame.classList.toggle("more-left", frame.scrollLeft > 1);
    frame.classList.toggle("more-right", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1);
  }
  byId("frame").addEventListener("scroll", edges, {passive: true});
  addEventListener("resize", edges);

  if (data.count === 0) byId("measurements").hidden = true;
  head();
  draw();
  edges();
  const asked = location.hash.match(/^#row-(\d+)$/);
  if (asked && +asked[1] >= 1 && +asked[1] <= data.count) { chosen = +asked[1] - 1; goTo(chosen); }

  // The plots. Text and rules take the colour of the page, so that a dark theme and print need no second drawing.
  const config = {
    font: getComputedStyle(document.body).fontFamily,
    axis: {labelColor: "currentColor", titleColor: "currentColor", domainColor: "currentColor", tickColor: "currentColor",
      gridColor: "currentColor", gridOpacity: 0.12, labelFontSize: 12, titleFontSize: 13, titleFontWeight: "normal"},
    legend: {labelColor: "currentColor", titleColor: "currentColor", labelFontSize: 12},
    view: {stroke: null},
  };
  // On a phone, names of categories that lean would reach beyond the left edge: they stand, in two lines. Long titles
  // of axes are broken, too.
  const LONG_TITLE = 30;
  function stand(spec) {
    for (const part of [spec, ...spec.layer]) {
      const x = part.encoding && part.encoding.x;
      if (x && x.title && x.title.length > LONG_TITLE) x.title = x.title.split(", ");
      if (!x || !x.axis || !x.axis.labelAngle) continue;
      Object.assign(x.axis, {labelAngle: -90, labelExpr: "split(datum.label, ', ')"});
      spec.height += 60;
    }
  }

  // Few lines are named at their ends, where there is room for the names; else the legend stays.
  const LEAST_PLOT_WIDTH = 400;
  function named(plot, width) {
    if (width < LEAST_PLOT_WIDTH) stand(plot.spec);
    if (!plot.ends || width - plot.ends.room < LEAST_PLOT_WIDTH) return plot.spec;
    for (const layer of plot.spec.layer) {
      for (const channel of ["color", "shape"]) {
        if (layer.encoding && layer.encoding[channel]) layer.encoding[channel].legend = null;
      }
      // Without a legend nothing is picked out.
      delete layer.params;
      if (layer.encoding && layer.encoding.opacity) layer.encoding.opacity = {value: layer.encoding.opacity.condition.value};
    }
    return {...plot.spec, height: plot.ends.height, layer: [...plot.spec.layer, ...plot.ends.layers]};
  }

  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  window.plots = {};
  for (const plot of data.plots) {
    const place = document.querySelector("#" + plot.id + " .plot");
    vegaEmbed(place, named(plot, place.clientWidth), {
      renderer: "svg", ast: true, config: {...config, legend: {...config.legend, labelLimit: place.clientWidth - 150}},
      downloadFileName: plot.id, tooltip: {theme: dark ? "dark" : "light"},
      actions: {export: true, source: false, compiled: false, editor: false},
    }).then(result => {
      result.view.addEventListener("click", (event, item) => {
        if (item && item.datum && Number.isInteger(item.datum.r)) reproduce(item.datum.r);
      });
      window.plots[plot.id] = result.view;
    }).catch(error => {
      place.textContent = "This plot could not be drawn: " + error.message;
      console.error(error);
    });
  }
})();
