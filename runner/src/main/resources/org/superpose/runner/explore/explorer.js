"use strict";
(async () => {
  const byId = id => document.getElementById(id);
  const MOST = 60; // pieces of a list that are shown at once
  const SLICE = 8; // milliseconds that work in the background may take at a time
  const TELL = 150; // milliseconds between two looks at what a job has found so far
  const SAMPLES = 200;

  let net;
  try {
    net = await Superpose.Network.load(byId("header").textContent, byId("arrays").textContent);
  } catch (error) {
    byId("loading").textContent = "This network could not be unpacked: " + error.message
      + ". The explorer needs a browser of 2023 or later.";
    throw error;
  }
  const {header} = net;
  const last = net.layers.length;
  const lastGates = net.gates.length - 1;

  let active = [];
  let off = new Set();
  let chosen = null; // {kind: "row", t, r} | {kind: "input", j} | {kind: "output", i}
  let trace = null;
  let intact = null;
  let random = Superpose.seeded(1);

  // Pieces of a document.
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") made.addEventListener("click", value);
      else if (value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }
  const button = (text, onclick, attributes = {}) => element("button", {type: "button", onclick, ...attributes}, text);
  /** A name that may be broken behind a dot between its words. */
  const breakable = name => element("span", {}, ...name.split(/(?<=\u00b7)/).flatMap((part, at) => at ? [element("wbr"), part] : [part]));
  const count = number => Number(number).toLocaleString("en");
  const plural = (number, one, many) => count(number) + " " + (number === 1 ? one : many);
  const decimal = value => Number.isInteger(value) ? String(value) : String(+value.toPrecision(5));
  const featureName = feature => feature.gates === lastGates ? net.outputName(feature.index)
    : feature.index + " of map " + (feature.gates + 1);

  /** Buttons for a list, the first of them at once. */
  function chips(items, make, empty = "none") {
    const box = element("div", {class: "chips"});
    if (items.length === 0) box.append(element("span", {class: "hint"}, empty));
    for (const item of items.slice(0, MOST)) box.append(make(item));
    if (items.length > MOST) {
      const more = button("and " + count(items.length - MOST) + " more", () => {
        more.remove();
        for (const item of items.slice(MOST, 20 * MOST)) box.append(make(item));
        if (items.length > 20 * MOST) box.append(element("span", {class: "hint"}, "and " + count(items.length - 20 * MOST) + " more"));
      });
      box.append(more);
    }
    return box;
  }
  const inputChip = j => button(net.inputName(j), () => choose({kind: "input", j}), active.includes(j) ? {class: "now"} : {});
  const outputChip = i => button(net.outputName(i), () => choose({kind: "output", i}));
  const rowChip = t => r => button(String(r), () => choose({kind: "row", t, r}));

  /** Work in slices while the browser has nothing else to do; a job that is begun under a name ends the one before. */
  const whenIdle = window.requestIdleCallback
    ? slice => requestIdleCallback(slice, {timeout: 200})
    : slice => setTimeout(() => slice({timeRemaining: () => SLICE}));
  const jobs = new Map();
  function job(name, steps, done) {
    const own = {};
    jobs.set(name, own);
    let told = 0;
    const slice = idle => {
      if (jobs.get(name) !== own) return;
      const end = performance.now() + Math.min(SLICE, idle.timeRemaining());
      let step;
      do step = steps.next(); while (!step.done && performance.now() < end);
      if (step.done || performance.now() > told + TELL) {
        done(step.done);
        told = performance.now();
      }
      if (!step.done) whenIdle(slice);
    };
    whenIdle(slice);
  }

  // Names as people type them: as the command line finds them.
  const typed = name => name.replaceAll("·", ".").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const typedNames = header.inputNames.map(typed);
  const byName = new Map();
  header.inputNames.forEach((name, j) => { if (!byName.has(name)) byName.set(name, j); });

  function matches(text) {
    const wanted = typed(text.trim());
    const found = [];
    if (header.inputNames.length === 0) {
      for (let j = 0; j < net.inputs && found.length < 12; j++) if (String(j).startsWith(wanted)) found.push(j);
      return found;
    }
    const exact = [], begins = [], holds = [];
    for (let j = 0; j < typedNames.length; j++) {
      const name = typedNames[j];
      const at = name.indexOf(wanted);
      if (at < 0 && String(j) !== wanted) continue;
      if (name === wanted || String(j) === wanted || name.replace(/^\.|\.$/g, "") === wanted) exact.push(j);
      else if (at === 0 || at === 1 && name[0] === ".") begins.push(j);
      else holds.push(j);
    }
    // What may join the active inputs comes first.
    const fits = j => !active.includes(j) && (!net.groups || active.every(each => net.groups[each] !== net.groups[j]));
    const ordered = list => [...list.filter(fits), ...list.filter(j => !fits(j))];
    return [...ordered(exact), ...ordered(begins), ...ordered(holds)].slice(0, 12);
  }

  // The state of the page, in its address.
  const encode = j => encodeURIComponent(byName.get(net.inputName(j)) === j ? net.inputName(j) : j);
  function address() {
    const parts = [];
    if (active.length) parts.push("on=" + active.map(encode).join(","));
    if (off.size) parts.push("off=" + [...off].join(","));
    if (chosen) {
      parts.push("see=" + (chosen.kind === "row" ? "row:" + chosen.t + ":" + chosen.r
        : chosen.kind === "input" ? "input:" + chosen.j : "output:" + chosen.i));
    }
    return "#" + parts.join("&");
  }

  /** The features that a word of an address may stand for. */
  function standsFor(word) {
    if (byName.has(word)) return [byName.get(word)];
    if (/^\d+$/.test(word) && +word < net.inputs) return [+word];
    const dotted = [], undotted = [];
    for (let j = 0; j < typedNames.length; j++) {
      if (typedNames[j] === typed(word)) dotted.push(j);
      else if (typedNames[j].replace(/^\.+|\.+$/g, "") === typed(word)) undotted.push(j);
    }
    return dotted.length ? dotted : undotted;
  }

  /** One feature of each list, so that they may be active together if that can be: earlier ones first. */
  function together(lists) {
    const chosenOf = fits => {
      const found = [];
      const extend = at => at === lists.length || lists[at].some(j => {
        if (found.includes(j) || !fits(found, j)) return false;
        found.push(j);
        if (extend(at + 1)) return true;
        found.pop();
        return false;
      });
      return extend(0) ? found : null;
    };
    return (net.groups && chosenOf((found, j) => found.every(each => net.groups[each] !== net.groups[j])))
      || chosenOf(() => true) || [...new Set(lists.map(list => list[0]))];
  }

  function readAddress() {
    const fields = new Map(location.hash.slice(1).split("&").map(part => {
      const at = part.indexOf("=");
      return [part.slice(0, at), part.slice(at + 1)];
    }));
    const words = (fields.get("on") || "").split(",").filter(word => word).map(word => {
      try { return decodeURIComponent(word); } catch (malformed) { return word; }
    });
    active = together(words.map(standsFor).filter(list => list.length)).sort((a, b) => a - b);
    off = new Set((fields.get("off") || "").split(",").filter(place => {
      const [t, r] = place.split(":").map(Number);
      return /^\d+:\d+$/.test(place) && t <= last && r < net.rows(t);
    }));
    const [kind, first, second] = (fields.get("see") || "").split(":");
    chosen = null;
    if (kind === "row" && +first <= last && +second < net.rows(+first)) chosen = {kind, t: +first, r: +second};
    if (kind === "input" && +first < net.inputs) chosen = {kind, j: +first};
    if (kind === "output" && +first < net.outputs) chosen = {kind, i: +first};
  }

  function keepAddress() {
    try { history.replaceState(null, "", address()); } catch (closed) { /* an address of a sandbox stays as it is */ }
  }
  function changed() {
    keepAddress();
    render();
  }
  function choose(what) { chosen = what; keepAddress(); renderChosen(); if (innerWidth < 1200) byId("details").scrollIntoView({block: "nearest"}); }
  function setActive(next) { active = [...new Set(next)].sort((a, b) => a - b); changed(); }
  const toggle = j => setActive(active.includes(j) ? active.filter(each => each !== j) : [...active, j]);
  function toggleOff(t, r) {
    const place = t + ":" + r;
    if (!off.delete(place)) off.add(place);
    changed();
  }

  // Layers of rows.
  const views = [];
  function makeLayers() {
    for (let t = 0; t <= last; t++) {
      if (t === last && net.isReadout) continue; // logits are outputs
      const canvas = element("canvas", {tabindex: 0, role: "img"});
      const said = element("span");
      const layer = t === 0 ? null : net.layers[t - 1];
      const sums = t === 0 ? "the codes of the inputs" : "W" + t + " y" + (t - 1) + " + b" + t + (layer.skip >= 0 ? " + y" + layer.skip : "");
      const name = t === 0 ? "y0" : "y" + t + " = " + (layer.relu ? "ReLU(" + sums + ")" : sums);
      const list = element("div", {class: "chips"});
      byId("layers").append(element("div", {class: "layer", id: "layer-" + t},
        element("h3", {}, t === 0 ? "y0, " + sums : name, said), canvas, list));
      const view = {t, canvas, said, list, cursor: 0};
      canvas.addEventListener("click", event => {
        const r = cellAt(view, event);
        if (r !== null) { view.cursor = r; choose({kind: "row", t, r}); }
      });
      canvas.addEventListener("mousemove", event => showTip(view, cellAt(view, event), event.pageX, event.pageY));
      canvas.addEventListener("mouseleave", () => { byId("tip").hidden = true; });
      canvas.addEventListener("blur", () => { byId("tip").hidden = true; drawLayer(view); });
      canvas.addEventListener("focus", () => drawLayer(view));
      canvas.addEventListener("keydown", event => moveCursor(view, event));
      views.push(view);
    }
  }

  function cellAt(view, event) {
    const box = view.canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / view.cell);
    const r = Math.floor((event.clientY - box.top) / view.cell) * view.columns + column;
    return column >= 0 && column < view.columns && r >= 0 && r < net.rows(view.t) ? r : null;
  }

  function describeRow(t, r) {
    const firing = trace.rows[t].find(each => each.row === r);
    const where = "row " + r + " of y" + t;
    if (off.has(t + ":" + r)) return where + ": switched off";
    if (!firing) return where + ": silent";
    const value = where + " = " + decimal(firing.value) + ": ";
    const names = firing.features.slice(0, 4).map(featureName).join(", ") + (firing.features.length > 4 ? ", …" : "");
    switch (firing.why) {
      case "code": return value + "in the code of " + active.filter(j => net.codes.of(j).includes(r)).map(j => net.inputName(j)).join(", ");
      case "wanted": return value + "wanted for " + names;
      case "spurious": {
        const needed = net.needed(active, t, r).map(j => net.inputName(j));
        return value + "spurious" + (needed.length > 1 ? ": " + needed.join(" and ") + " meet in it by chance"
          : needed.length === 1 ? ": " + needed[0] + " makes it fire" : "");
      }
      case "rest": return value + "fires with no input active, too";
      default: return value + "a linear state";
    }
  }

  function showTip(view, r, x, y) {
    const tip = byId("tip");
    tip.hidden = r === null;
    if (r === null) return;
    tip.textContent = describeRow(view.t, r);
    tip.style.left = Math.max(4, Math.min(x + 12, document.documentElement.clientWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = (y + 16) + "px";
  }

  function moveCursor(view, event) {
    const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -view.columns, ArrowDown: view.columns}[event.key];
    if (step !== undefined) {
      const next = view.cursor + step;
      if (next >= 0 && next < net.rows(view.t)) view.cursor = next;
    } else if (event.key === "Home" || event.key === "End") {
      view.cursor = event.key === "Home" ? 0 : net.rows(view.t) - 1;
    } else if (event.key === "Enter" || event.key === " ") {
      choose({kind: "row", t: view.t, r: view.cursor});
    } else if (event.key === "x" && net.isHidden(view.t)) {
      toggleOff(view.t, view.cursor);
    } else {
      return;
    }
    event.preventDefault();
    drawLayer(view);
    const box = view.canvas.getBoundingClientRect();
    showTip(view, view.cursor, box.left + scrollX + (view.cursor % view.columns + .5) * view.cell,
      box.top + scrollY + (Math.floor(view.cursor / view.columns) + .5) * view.cell);
  }

  let colours = {};
  function readColours() {
    const style = getComputedStyle(document.documentElement);
    colours = {};
    for (const name of ["wanted", "spurious", "code", "rest", "off", "silent", "related", "link", "quiet"]) colours[name] = style.getPropertyValue("--" + name).trim();
    for (const view of views) view.ground = null;
  }

  /** The rows of a state that belong to what is chosen. */
  function related(t) {
    if (!chosen) return [];
    if (chosen.kind === "row") return chosen.t === t ? [chosen.r] : [];
    if (chosen.kind === "input") return t === 0 ? net.codes.of(chosen.j) : [];
    if (t === 0) return [];
    if (t === last && !net.isReadout) return net.outputCodes.of(chosen.i);
    return channel(chosen.i, t);
  }

  /** The rows that fire when exactly what an output depends on is active. */
  function channel(i, t) {
    if (!net.layers[t - 1].relu) return [];
    const run = net.run(net.support(i))[t];
    const rest = net.run([])[t];
    const rows = [];
    for (let r = 0; r < run.length; r++) if (run[r] > 0 && !(rest[r] > 0)) rows.push(r);
    return rows;
  }

  function measureLayer(view) {
    if (view.ground) return;
    const rows = net.rows(view.t);
    const width = view.canvas.clientWidth;
    const least = rows <= 500 ? 16 : rows <= 1200 ? 12 : rows <= 3000 ? 9 : rows <= 10000 ? 6 : 4;
    const fit = Math.max(1, Math.floor(width / least));
    view.columns = Math.ceil(rows / Math.ceil(rows / fit));
    const cell = view.cell = Math.min(1.5 * least, width / view.columns);
    const ratio = devicePixelRatio || 1;
    const height = Math.ceil(rows / view.columns) * cell;
    view.canvas.width = width * ratio;
    view.canvas.height = height * ratio;
    view.canvas.style.height = height + "px";
    view.ratio = ratio;
    // Silent rows are drawn once.
    view.ground = element("canvas");
    view.ground.width = view.canvas.width;
    view.ground.height = view.canvas.height;
    const ground = view.ground.getContext("2d");
    ground.scale(ratio, ratio);
    ground.fillStyle = colours.silent;
    const gap = cell > 6 ? 1 : .5;
    for (let r = 0; r < rows; r++) {
      ground.fillRect(r % view.columns * cell + gap, Math.floor(r / view.columns) * cell + gap, cell - 2 * gap, cell - 2 * gap);
    }
  }

  function drawLayer(view) {
    measureLayer(view);
    const {t, canvas, cell, columns} = view;
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(view.ground, 0, 0);
    pen.scale(view.ratio, view.ratio);
    const gap = cell > 6 ? 1.5 : .5;
    let largest = 0;
    for (const {value} of trace.rows[t]) largest = Math.max(largest, Math.abs(value));
    for (const {row, value, why} of trace.rows[t]) {
      const x = row % columns * cell, y = Math.floor(row / columns) * cell, middle = cell / 2, radius = middle - gap;
      pen.globalAlpha = .3 + .7 * Math.abs(value) / largest;
      pen.fillStyle = pen.strokeStyle = colours[why === "linear" ? (value > 0 ? "wanted" : "spurious") : why];
      pen.beginPath();
      if (why === "wanted" || why === "linear") {
        pen.rect(x + gap, y + gap, 2 * radius, 2 * radius);
        pen.fill();
      } else if (why === "spurious") {
        pen.moveTo(x + middle, y + gap);
        pen.lineTo(x + cell - gap, y + middle);
        pen.lineTo(x + middle, y + cell - gap);
        pen.lineTo(x + gap, y + middle);
        pen.fill();
      } else {
        pen.arc(x + middle, y + middle, why === "rest" ? radius - .75 : radius, 0, 2 * Math.PI);
        if (why === "rest") { pen.lineWidth = 1.5; pen.stroke(); } else { pen.fill(); }
      }
    }
    pen.globalAlpha = 1;
    pen.lineWidth = cell > 6 ? 2 : 1;
    pen.strokeStyle = colours.off;
    for (const place of off) {
      const [state, row] = place.split(":").map(Number);
      if (state !== t) continue;
      const x = row % columns * cell + gap, y = Math.floor(row / columns) * cell + gap, size = cell - 2 * gap;
      pen.beginPath();
      pen.moveTo(x, y); pen.lineTo(x + size, y + size); pen.moveTo(x + size, y); pen.lineTo(x, y + size);
      pen.stroke();
    }
    const outline = (row, colour) => {
      pen.strokeStyle = colour;
      pen.lineWidth = cell > 6 ? 2 : 1.5;
      pen.strokeRect(row % columns * cell + 1, Math.floor(row / columns) * cell + 1, cell - 2, cell - 2);
    };
    for (const row of related(t)) outline(row, colours.related);
    if (document.activeElement === canvas) outline(view.cursor, colours.link);
  }

  function showLayer(view) {
    const {t} = view;
    const rows = trace.rows[t];
    const counts = {};
    for (const {why} of rows) counts[why] = (counts[why] || 0) + 1;
    const words = t === 0 ? [count(rows.length) + " of " + count(net.rows(0)) + " on"]
      : [count(rows.length) + " of " + count(net.rows(t)) + (net.isHidden(t) ? " fire" : " not zero")];
    if (counts.wanted) words.push(count(counts.wanted) + " wanted");
    if (counts.spurious) words.push(count(counts.spurious) + " spurious");
    if (counts.rest) words.push(count(counts.rest) + " at rest");
    view.said.textContent = words.join(", ");
    view.canvas.setAttribute("aria-label", "y" + t + ": " + words.join(", ") + ". Arrow keys move, Enter chooses.");
    const listed = t === 0 || !net.isHidden(t) ? [] : rows.filter(({why}) => why !== "rest");
    view.list.replaceChildren(...listed.slice(0, 24).map(({row, why}) => button(String(row), () => choose({kind: "row", t, r: row}), {class: why, title: why})),
      ...(listed.length > 24 ? [element("span", {class: "hint"}, "and " + count(listed.length - 24) + " more")] : []));
    drawLayer(view);
  }

  // Outputs.
  function showOutputs() {
    const {outputs} = trace;
    const listed = outputs.shown.slice().sort((a, b) => a.margin - b.margin).slice(0, 40);
    if (!listed.some(read => read.output === outputs.nearest.output)) listed.push(outputs.nearest);
    const before = new Map(off.size ? [...intact.outputs.shown, intact.outputs.nearest].map(read => [read.output, read]) : []);
    if (off.size) {
      for (const read of intact.outputs.shown) {
        if (!listed.some(each => each.output === read.output)) {
          const value = net.value(read.output, trace.states[last]);
          const state = net.stateOf(read.output, value);
          listed.push({...read, value, state, margin: net.margin(read.output, value, read.expected), right: state === (read.expected ? "on" : "off")});
        }
      }
    }
    const reads = {SUM: "sum", EVERY_ROW: "least row", READOUT: "logit"}[header.decoder];
    byId("outputs").tHead.replaceChildren(element("tr", {}, ...["output", reads, "margin", "network", "truth"].map(
      (text, c) => element("th", {scope: "col", class: c === 1 || c === 2 ? "number" : null}, text))));
    byId("outputs").tBodies[0].replaceChildren(...listed.map(read => {
      const was = before.get(read.output);
      const margin = decimal(read.margin) + (was && was.margin !== read.margin ? " (was " + decimal(was.margin) + ")" : "");
      return element("tr", {class: read.right ? null : "broken"},
        element("td", {}, button(breakable(net.outputName(read.output)), () => choose({kind: "output", i: read.output}), {class: "link"})),
        element("td", {class: "number"}, decimal(read.value)),
        element("td", {class: "number" + (read.right ? "" : " bad")}, margin),
        element("td", {class: read.right ? null : "bad"}, read.state + (read.right ? "" : " ✗")),
        element("td", {}, read.expected ? "on" : "off"));
    }));
    const verdict = byId("verdict");
    verdict.className = outputs.wrong ? "bad" : "good";
    verdict.textContent = outputs.wrong
      ? "✗ wrong on " + plural(outputs.wrong, "output", "outputs") + " of " + count(net.outputs)
      : "✓ right on all " + count(net.outputs) + " outputs; " + plural(trace.expected.length, "is", "are") + " on";
    byId("domain").textContent = net.isInDomain(active)
      ? "Allowed: " + header.domain + "." : "Outside the domain: " + header.domain + ".";
    byId("truth").replaceChildren(...trace.truth.slice(0, -1).map((features, g) => element("p", {class: "hint"},
      "Truth behind map " + (g + 1) + ": " + (features.slice(0, 40).join(", ") || "none") + (features.length > 40 ? ", …" : ""))));
  }

  function showActive() {
    byId("active").replaceChildren(...active.map(j => element("span", {},
      button(net.inputName(j), () => choose({kind: "input", j}), {class: "now"}),
      button("×", () => toggle(j), {"aria-label": "Switch off input " + net.inputName(j)}))));
  }

  // Details.
  const heading = text => element("h3", {}, text);
  const hint = text => element("p", {class: "hint"}, text);

  function showDetail() {
    const place = byId("detail");
    jobs.delete("detail");
    if (!chosen) return;
    const pieces = chosen.kind === "row" ? rowDetail(chosen.t, chosen.r)
      : chosen.kind === "input" ? inputDetail(chosen.j) : outputDetail(chosen.i);
    place.replaceChildren(...pieces);
  }

  function inputDetail(j) {
    const code = [...net.codes.of(j)];
    const readers = [...net.gates[0].reads.inverse.of(j)];
    const shared = new Map();
    for (const e of code) for (const other of net.codes.inverse.of(e)) if (other !== j) shared.set(other, (shared.get(other) || 0) + 1);
    const near = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
    return [
      element("p", {}, element("b", {}, "Input " + (header.inputNames.length ? j + ": " : "") + net.inputName(j))),
      element("p", {class: "buttons"}, button(active.includes(j) ? "Switch off" : "Make active", () => toggle(j))),
      heading("Its code: " + plural(code.length, "row", "rows") + " of y0"), chips(code, rowChip(0)),
      heading("Read by " + plural(readers.length, "output", "outputs") + (net.gates.length > 1 ? " of map 1" : "")),
      net.gates.length > 1 ? hint(readers.slice(0, 200).join(", ") || "none") : chips(readers, outputChip),
      heading("Neighbours by shared rows"),
      chips(near, ([other, rows]) => button(net.inputName(other) + " (" + rows + ")", () => choose({kind: "input", j: other}))),
    ];
  }

  function outputDetail(i) {
    const gates = net.gates[lastGates];
    const support = net.support(i);
    const pieces = [
      element("p", {}, element("b", {}, "Output " + (header.outputNames.length ? i + ": " : "") + net.outputName(i))),
      hint(gates.name(i) + " of " + plural(gates.reads.of(i).length, "feature", "features")
        + "; on from " + decimal(net.on[i]) + (net.on[i] === net.off[i] ? "" : ", off up to " + decimal(net.off[i]))),
      element("p", {class: "buttons"}, button("Make its inputs active", () => setActive(support))),
      heading(net.gates.length > 1 ? "Inputs that it depends on" : "Reads"), chips(support, inputChip),
    ];
    const worst = header.audit && header.audit.outputMargins[i];
    if (typeof worst === "number") {
      pieces.push(hint("Smallest margin in the audit: " + decimal(worst)));
    }
    for (let t = 1; t <= last; t++) {
      if (!net.layers[t - 1].relu) continue;
      if (t === last && !net.isReadout) {
        pieces.push(heading("Its code in y" + t), chips([...net.outputCodes.of(i)], rowChip(t)));
      } else {
        const rows = channel(i, t);
        pieces.push(heading("Its channel: " + plural(rows.length, "row", "rows") + " of y" + t), chips(rows, rowChip(t)));
      }
    }
    return pieces;
  }

  function rowDetail(t, r) {
    const isOff = off.has(t + ":" + r);
    const pieces = [element("p", {}, element("b", {}, "Row " + r + " of y" + t)), element("p", {}, describeRow(t, r))];
    if (net.isHidden(t)) {
      pieces.push(element("p", {class: "buttons"},
        button(isOff ? "Switch on" : "Switch off", () => toggleOff(t, r), {"aria-pressed": isOff}),
        ...(off.size > (isOff ? 1 : 0) ? [button("All on", () => { off.clear(); changed(); })] : [])));
    }
    const serves = element("div");
    const breaks = element("div");
    if (t === 0) {
      const features = [...net.codes.inverse.of(r)];
      pieces.push(heading("In the codes of " + plural(features.length, "input", "inputs")), chips(features, inputChip));
    } else if (t === 1) {
      const adds = net.contributions(r);
      const most = adds.reduce((a, b) => Math.max(a, b), 0);
      const features = Array.from(adds.keys()).filter(j => adds[j] > most / 2).sort((a, b) => adds[b] - adds[a] || a - b);
      pieces.push(heading("Listens to " + plural(features.length, "input", "inputs")),
        hint("Those that add more than half of the most that one input adds, " + decimal(most) + "; bias " + decimal(net.layers[0].bias[r])),
        chips(features, inputChip));
    }
    pieces.push(serves, breaks);
    studyRow(t, r, serves, breaks);
    return pieces;
  }

  /** The outputs that a row serves, and what becomes of them without it, found in the background. */
  function studyRow(t, r, serves, breaks) {
    if (!net.isHidden(t)) return;
    const without = new Set([...off, t + ":" + r]);
    const served = [];
    const broken = [];
    let asked = 0, tested = 0, worst = Infinity;
    function* steps() {
      for (const i of candidates(t, r)) {
        asked++;
        const support = net.support(i);
        const isRead = t === last && !net.isReadout;
        const tests = net.isInDomain(support) && net.truth(support)[lastGates].includes(i);
        if (isRead || tests && (t === 0 || net.run(support)[t][r] > 0)) {
          served.push(i);
          if (tests) {
            const before = net.value(i, net.run(support)[last]);
            const value = net.value(i, net.states(support, without)[last]);
            tested++;
            worst = Math.min(worst, net.margin(i, value, true));
            if (net.stateOf(i, before) === "on" && net.stateOf(i, value) !== "on") broken.push({i, margin: net.margin(i, value, true)});
          }
        }
        yield;
      }
    }
    job("detail", steps(), isDone => {
      const soFar = isDone ? "" : " so far, of " + count(asked) + " looked at";
      serves.replaceChildren(heading("Serves " + plural(served.length, "output", "outputs") + soFar), chips(served, outputChip));
      breaks.replaceChildren(heading("Without it"), element("p", {id: "breaks"}, tested === 0
        ? (isDone ? "No output could be tested on its own inputs." : "…")
        : count(broken.length) + " of " + plural(tested, "output breaks", "outputs break") + " on the inputs that it reads; smallest margin "
          + decimal(worst) + soFar + "."),
        ...(broken.length ? [chips(broken, each => button(net.outputName(each.i) + " (" + decimal(each.margin) + ")", () => {
          off = new Set(without);
          chosen = {kind: "output", i: each.i};
          setActive(net.support(each.i));
        }))] : []));
    });
  }

  /** Outputs that a row may serve: few where codes or sums of the first layer say it. */
  function* candidates(t, r) {
    if (t === last && !net.isReadout) {
      yield* net.outputCodes.inverse.of(r);
    } else if (t === 0 && net.gates.length === 1) {
      const outputs = new Set();
      for (const j of net.codes.inverse.of(r)) for (const i of net.gates[0].reads.inverse.of(j)) outputs.add(i);
      yield* [...outputs].sort((a, b) => a - b);
    } else if (t === 1 && net.layers[0].skip < 0) {
      const adds = net.contributions(r);
      const direct = net.gates.length === 1 ? net.gates[0].reads : null;
      for (let i = 0; i < net.outputs; i++) {
        let sum = net.layers[0].bias[r];
        for (const j of direct ? direct.of(i) : net.support(i)) sum += adds[j];
        if (sum > 0) yield i;
      }
    } else {
      for (let i = 0; i < net.outputs; i++) yield i;
    }
  }

  // Statistics.
  function bars(rows, headings) {
    const most = Math.max(...rows.map(row => Math.log1p(row.inputs)));
    return element("div", {class: "scroll"}, element("table", {class: "bars"},
      element("thead", {}, element("tr", {}, ...headings.map((text, c) => element("th", {scope: "col", class: c === 2 ? "number" : null}, text)))),
      element("tbody", {}, ...rows.map(row => element("tr", {},
        element("td", {}, row.label),
        element("td", {class: "bar"}, element("div", {class: row.wrong ? "wrong" : null, style: "width:" + 100 * Math.log1p(row.inputs) / most + "%"})),
        element("td", {class: "number"}, count(row.inputs)))))));
  }

  function showMargins() {
    const {audit} = header;
    if (!audit) {
      byId("margins").replaceChildren(hint("The page was made without an audit."));
      byId("worst").replaceChildren(hint("The page was made without an audit."));
      return;
    }
    // One line for each power of two.
    const lines = new Map();
    for (const bin of audit.margins) {
      const size = Math.max(Math.abs(bin.from), Math.abs(bin.to));
      const key = bin.from < 0 && bin.to > 0 ? 0 : Math.sign(bin.from + bin.to) * 2 ** Math.floor(Math.log2(size * .999999));
      lines.set(key, (lines.get(key) || 0) + bin.inputs);
    }
    const rows = [...lines].sort((a, b) => a[0] - b[0]).map(([key, inputs]) => ({
      label: key === 0 ? "0" : key > 0 ? decimal(key) + " to " + decimal(2 * key) : decimal(2 * key) + " to " + decimal(key),
      wrong: key < 0, inputs,
    }));
    byId("margins").replaceChildren(
      hint((audit.complete ? "All " + count(audit.inputs) + " inputs" : count(audit.inputs) + " of " + count(audit.of) + " inputs, those that the audit had time for")
        + " by the margin of the output that is nearest to being wrong; bars are as long as the logarithm."
        + (audit.wrong ? " " + plural(audit.wrong, "input is", "inputs are") + " wrong." : "")),
      bars(rows, ["margin", "", "inputs"]));
    byId("worst").replaceChildren(element("div", {class: "scroll"}, element("table", {},
      element("thead", {}, element("tr", {}, ...["input", "output", "margin"].map(
        (text, c) => element("th", {scope: "col", class: c === 2 ? "number" : null}, text)))),
      element("tbody", {}, ...audit.worst.map(each => element("tr", {},
        element("td", {}, button(each.input.map(j => net.inputName(j)).join(", ") || "no input", () => {
          chosen = {kind: "output", i: each.output};
          setActive(each.input);
        }, {class: "link"})),
        element("td", {}, net.outputName(each.output)),
        element("td", {class: "number" + (each.margin < 0 ? " bad" : "")}, decimal(each.margin))))))));
  }

  function columns(values, kind, label) {
    const most = Math.max(...values);
    if (most === 0) return [hint(label + ": none on any of them")];
    const bins = Math.min(most + 1, 24);
    const counts = new Array(bins).fill(0);
    for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins / (most + 1)))]++;
    const highest = Math.max(...counts);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return [
      hint(label + ": " + decimal(+mean.toFixed(2)) + " on average, at most " + count(Math.max(...values))),
      element("div", {class: "columns " + kind, role: "img", "aria-label": label + ", 0 to " + most},
        ...counts.map((inputs, bin) => element("div", {
          style: "height:" + 100 * inputs / highest + "%",
          title: plural(inputs, "input", "inputs") + " with " + Math.ceil(bin * (most + 1) / bins)
            + (bins === most + 1 ? "" : " to " + (Math.ceil((bin + 1) * (most + 1) / bins) - 1)) + " rows",
        }))),
      element("div", {class: "scale"}, element("span", {}, "0"), element("span", {}, "rows"), element("span", {}, count(most))),
    ];
  }

  function showActivity() {
    const own = Superpose.seeded(7);
    const tallies = views.filter(view => net.isHidden(view.t)).map(view => ({t: view.t, wanted: [], spurious: [], rest: []}));
    let done = 0;
    function* steps() {
      for (let s = 0; s < 2 * SAMPLES; s++) {
        const begun = s % 2 ? (net.inputThatTurnsOn(own) || {active: []}).active : [];
        const sample = net.trace(net.randomInput(own, begun));
        for (const tally of tallies) {
          const counts = {code: 0, wanted: 0, spurious: 0, rest: 0};
          for (const {why} of sample.rows[tally.t]) counts[why]++;
          tally.wanted.push(counts.wanted + counts.code);
          tally.spurious.push(counts.spurious);
          tally.rest.push(counts.rest);
        }
        done++;
        yield;
      }
    }
    const draw = isDone => {
      if (!isDone) {
        byId("activity").replaceChildren(hint("Trying random inputs… " + done));
        return;
      }
      byId("activity").replaceChildren(
        hint("How many rows fire on " + SAMPLES + " random inputs, and on " + SAMPLES + " that turn an output on."),
        ...tallies.flatMap(tally => tally.t === 0
          ? columns(tally.wanted, "code", "y0, rows in codes")
          : [...columns(tally.wanted, "wanted", "y" + tally.t + ", wanted"), ...columns(tally.spurious, "spurious", "y" + tally.t + ", spurious")]));
      document.documentElement.dataset.sampled = "true";
    };
    job("activity", steps(), draw);
  }

  // The whole.
  function renderChosen() {
    for (const view of views) drawLayer(view);
    showDetail();
  }

  let intactInput = null;
  function render() {
    trace = net.trace(active, off);
    if (off.size === 0) {
      intact = trace;
    } else if (intactInput !== active) {
      intact = net.trace(active);
    }
    intactInput = active;
    showActive();
    showOutputs();
    for (const view of views) showLayer(view);
    showDetail();
  }

  function showHeader() {
    byId("what").textContent = header.problem + " by " + header.construction + ": " + count(net.inputs) + " inputs, "
      + count(net.outputs) + " outputs; " + header.domain;
    const {audit} = header;
    byId("figures").replaceChildren(...Object.entries(header.figures).map(([name, value]) => element("span", {}, name + " ", element("b", {}, value))));
    if (audit) {
      byId("figures").append(element("b", {class: audit.wrong ? "bad" : audit.verdict === "VERIFIED" ? "good" : null},
        audit.verdict === "VERIFIED" ? "✓ VERIFIED on all " + count(audit.inputs) + " inputs"
          : audit.wrong ? "✗ REFUTED: " + plural(audit.wrong, "wrong input", "wrong inputs")
            : "no wrong input among the " + count(audit.inputs) + " audited"));
    }
  }

  function openOptions() {
    const list = byId("options");
    const found = matches(byId("search").value);
    list.replaceChildren(...found.map((j, place) => {
      const option = element("li", {role: "option", id: "option-" + place, "aria-selected": place === 0},
        net.inputName(j) + " ", element("small", {}, (active.includes(j) ? "active, " : "") + "read by " + net.gates[0].reads.inverse.of(j).length));
      option.addEventListener("mousedown", event => { event.preventDefault(); take(j); });
      return option;
    }));
    list.found = found;
    list.at = 0;
    list.hidden = found.length === 0;
    byId("search").setAttribute("aria-expanded", String(found.length > 0));
    byId("search").setAttribute("aria-activedescendant", found.length ? "option-0" : "");
  }
  function closeOptions() {
    byId("options").hidden = true;
    byId("search").setAttribute("aria-expanded", "false");
    byId("search").removeAttribute("aria-activedescendant");
  }
  function take(j) {
    byId("search").value = "";
    closeOptions();
    toggle(j);
  }

  byId("search").addEventListener("input", openOptions);
  byId("search").addEventListener("focus", openOptions);
  byId("search").addEventListener("blur", closeOptions);
  byId("search").addEventListener("keydown", event => {
    const list = byId("options");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) openOptions();
      const items = [...list.children];
      if (items.length) {
        list.at = (list.at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
        items.forEach((item, place) => item.setAttribute("aria-selected", String(place === list.at)));
        items[list.at].scrollIntoView({block: "nearest"});
        byId("search").setAttribute("aria-activedescendant", "option-" + list.at);
      }
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden && list.found.length) {
      take(list.found[list.at]);
      event.preventDefault();
    } else if (event.key === "Escape") {
      closeOptions();
    } else if (event.key === "Backspace" && byId("search").value === "" && active.length) {
      setActive(active.slice(0, -1));
    }
  });

  const randomInput = () => setActive(net.randomInput(random));
  const turnOn = () => {
    const hit = net.inputThatTurnsOn(random);
    if (hit) { chosen = {kind: "output", i: hit.output}; setActive(hit.active); }
  };
  byId("random").addEventListener("click", randomInput);
  byId("hit").addEventListener("click", turnOn);
  byId("clear").addEventListener("click", () => { off.clear(); chosen = null; byId("detail").replaceChildren(hint("Choose a row, an input or an output to see what it serves.")); setActive([]); });
  byId("share").addEventListener("click", () => {
    const done = () => { byId("share").textContent = "Copied"; setTimeout(() => { byId("share").textContent = "Copy link"; }, 1500); };
    const link = location.href.replace(/#.*$/, "") + address();
    if (navigator.clipboard) navigator.clipboard.writeText(link).then(done, () => { location.hash = address(); });
    else location.hash = address();
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "/") { byId("search").focus(); event.preventDefault(); }
    else if (event.key === "r") randomInput();
    else if (event.key === "o") turnOn();
  });
  addEventListener("hashchange", () => { if (location.hash !== address()) { readAddress(); render(); } });
  // Asking for a width makes the browser lay out the page, so it is asked only when it has changed.
  const widths = new ResizeObserver(entries => {
    for (const {target, contentRect} of entries) {
      const view = views.find(each => each.canvas === target);
      if (view.seen !== contentRect.width) {
        view.seen = contentRect.width;
        view.ground = null;
        drawLayer(view);
      }
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); views.forEach(drawLayer); });

  makeLayers();
  readColours();
  showHeader();
  byId("loading").remove();
  document.querySelector("main").hidden = false;
  readAddress();
  if (!location.hash) {
    const hit = net.inputThatTurnsOn(Superpose.seeded(3));
    if (hit) active = hit.active;
  }
  render();
  for (const view of views) widths.observe(view.canvas);
  showMargins();
  showActivity();
  // For tests and for whoever opens the console.
  window.explorer = {net, setActive, toggle, toggleOff, choose, state: () => ({active, off: [...off], chosen, trace}), address};
})();
