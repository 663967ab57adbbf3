"use strict";
// A network that runs in the page: its arrays, its states for an input, the truth, and why a row fires. Nothing of the
// document is known here.
const Superpose = (() => {
  async function unpack(base64) {
    const packed = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  class Reader {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }

    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = this.bytes[this.at++];
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    }

    numbers(count) {
      return Int32Array.from({length: count}, () => this.number());
    }

    /** Lists of ascending numbers below a bound. */
    lists(count, bound) {
      const offsets = new Int32Array(count + 1);
      const members = [];
      for (let i = 0; i < count; i++) {
        const length = this.number();
        for (let t = 0, before = -1; t < length; t++) {
          before += this.number() + 1;
          members.push(before);
        }
        offsets[i + 1] = members.length;
      }
      return new Lists(offsets, Int32Array.from(members), bound);
    }

    floats(count) {
      const values = new Float32Array(count);
      const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 4 * count);
      for (let i = 0; i < count; i++) values[i] = view.getFloat32(4 * i, true);
      this.at += 4 * count;
      return values;
    }

    raw(count) {
      this.at += count;
      return this.bytes.subarray(this.at - count, this.at);
    }
  }

  /** For each of some things an ascending list of numbers below a bound. */
  class Lists {
    constructor(offsets, members, bound) {
      this.offsets = offsets;
      this.members = members;
      this.bound = bound;
    }

    get count() { return this.offsets.length - 1; }

    of(i) { return this.members.subarray(this.offsets[i], this.offsets[i + 1]); }

    get inverse() {
      if (!this.inverted) {
        const offsets = new Int32Array(this.bound + 1);
        for (const member of this.members) offsets[member + 1]++;
        for (let e = 0; e < this.bound; e++) offsets[e + 1] += offsets[e];
        const next = offsets.slice(0, this.bound);
        const members = new Int32Array(this.members.length);
        for (let i = 0; i < this.count; i++) for (const member of this.of(i)) members[next[member]++] = i;
        this.inverted = new Lists(offsets, members, this.count);
      }
      return this.inverted;
    }
  }

  /** What a gate adds for the active input at a position, and whether it is on for a sum; by the names of files. */
  function gateFunction(name) {
    const [, kind, argument = ""] = name.match(/^([a-z-]+)(?:\((.*)\))?$/);
    const one = () => 1;
    switch (kind) {
      case "and": return {step: one, isOn: (sum, fanIn) => sum === fanIn};
      case "parity": return {step: one, isOn: sum => sum % 2 === 1};
      case "at-least": return {step: one, isOn: sum => sum >= +argument};
      case "exactly": return {step: one, isOn: sum => sum === +argument};
      case "weighted": {
        const [weights, threshold] = argument.split(";");
        const steps = weights === "" ? [] : weights.split(",").map(Number);
        return {step: t => steps[t], isOn: sum => sum >= +threshold};
      }
      case "literals": {
        const [connective, signs] = argument.split(",");
        const positives = [...signs].filter(sign => sign === "+").length;
        return {
          step: t => signs[t] === "+" ? 1 : -1,
          isOn: connective === "and" ? sum => sum === positives : sum => sum > positives - signs.length,
        };
      }
      case "table": return {step: t => 2 ** t, isOn: sum => argument[sum] === "1"};
      default: throw new Error("the function " + name + " is not known");
    }
  }

  class Gates {
    constructor(header, reader) {
      this.reads = reader.lists(header.outputs, header.inputs);
      this.names = header.functions;
      this.functions = header.functions.map(gateFunction);
      this.functionOf = header.functions.length > 1 ? reader.numbers(header.outputs) : null;
      this.resting = [];
      for (let i = 0; i < header.outputs; i++) if (this.isOn(i, 0)) this.resting.push(i);
    }

    fn(i) { return this.functions[this.functionOf ? this.functionOf[i] : 0]; }

    name(i) { return this.names[this.functionOf ? this.functionOf[i] : 0]; }

    isOn(i, sum) { return this.fn(i).isOn(sum, this.reads.of(i).length); }

    /** The outputs that are on, ascending. */
    evaluate(active) {
      const sums = new Map();
      for (const j of active) {
        for (const i of this.reads.inverse.of(j)) {
          sums.set(i, (sums.get(i) || 0) + this.fn(i).step(this.reads.of(i).indexOf(j)));
        }
      }
      const on = this.resting.filter(i => !sums.has(i));
      sums.forEach((sum, i) => { if (this.isOn(i, sum)) on.push(i); });
      return on.sort((a, b) => a - b);
    }
  }

  class Layer {
    constructor(header, reader) {
      Object.assign(this, header);
      if (header.kind === "diagonal") {
        this.diagonal = reader.floats(header.rows);
      } else if (header.kind === "bit") {
        const row = Math.ceil(header.columns / 8);
        const bits = reader.raw(row * header.rows);
        this.weights = new Float32Array(header.rows * header.columns).fill(header.clear);
        for (let r = 0; r < header.rows; r++) {
          for (let c = 0; c < header.columns; c++) {
            if (bits[r * row + (c >> 3)] >> (c & 7) & 1) this.weights[c * header.rows + r] = header.set;
          }
        }
      } else {
        this.weights = reader.floats(header.rows * header.columns);
      }
      this.bias = reader.floats(header.rows);
    }

    weight(r, c) { return this.diagonal ? (r === c ? this.diagonal[r] : 0) : this.weights[c * this.rows + r]; }

    apply(states, t) {
      const x = states[t];
      const y = Float64Array.from(this.bias);
      if (this.diagonal) {
        for (let r = 0; r < y.length; r++) y[r] += this.diagonal[r] * x[r];
      } else {
        for (let c = 0; c < x.length; c++) {
          const value = x[c];
          if (value === 0) continue;
          const start = c * this.rows;
          for (let r = 0; r < y.length; r++) y[r] += value * this.weights[start + r];
        }
      }
      if (this.skip >= 0) for (let r = 0; r < y.length; r++) y[r] += states[this.skip][r];
      if (this.relu) for (let r = 0; r < y.length; r++) if (y[r] < 0) y[r] = 0;
      return y;
    }
  }

  class Network {
    constructor(header, bytes) {
      const reader = new Reader(bytes);
      this.header = header;
      this.inputs = header.inputs;
      this.outputs = header.outputs;
      this.codes = reader.lists(header.inputs, header.neurons);
      this.gates = header.gates.map(gates => new Gates(gates, reader));
      this.layers = header.layers.map(layer => new Layer(layer, reader));
      this.isReadout = header.decoder === "READOUT";
      const last = this.layers[this.layers.length - 1];
      this.outputCodes = this.isReadout ? null : reader.lists(header.outputs, last.rows);
      this.on = reader.floats(header.outputs);
      this.off = reader.floats(header.outputs);
      this.groups = header.grouped ? reader.numbers(header.inputs) : null;
      this.runs = new Map();
    }

    static async load(headerText, arraysText) {
      const header = JSON.parse(new TextDecoder().decode(await unpack(headerText)));
      return new Network(header, await unpack(arraysText));
    }

    inputName(j) { return this.header.inputNames[j] ?? String(j); }

    outputName(i) { return this.header.outputNames[i] ?? String(i); }

    rows(t) { return t === 0 ? this.header.neurons : this.layers[t - 1].rows; }

    /** Whether the rows of a state are neurons that fire. */
    isHidden(t) { return t === 0 || this.layers[t - 1].relu; }

    isInDomain(active) {
      return active.length >= this.header.minActive && active.length <= this.header.maxActive
        && (!this.groups || new Set(active.map(j => this.groups[j])).size === active.length);
    }

    /**
     * The states y_0, y_1, ... in double.
     *
     * @param off a set of "t:row" that are held at zero, or nothing
     */
    states(active, off) {
      const first = new Float64Array(this.header.neurons);
      for (const j of active) for (const e of this.codes.of(j)) first[e]++;
      const states = [first];
      const silence = () => {
        if (!off || off.size === 0) return;
        const t = states.length - 1;
        for (const place of off) {
          const [state, row] = place.split(":");
          if (+state === t) states[t][+row] = 0;
        }
      };
      silence();
      for (let t = 0; t < this.layers.length; t++) {
        states.push(this.layers[t].apply(states, t));
        silence();
      }
      return states;
    }

    /** The states of a part of an input, with all neurons, kept for the next question. */
    run(part) {
      const key = part.join();
      let states = this.runs.get(key);
      if (!states) {
        if (this.runs.size >= 64) this.runs.clear();
        states = this.states(part);
        this.runs.set(key, states);
      }
      return states;
    }

    /** What is compared with the threshold of an output. */
    value(i, last) {
      if (this.isReadout) return last[i];
      const {offsets, members} = this.outputCodes;
      let sum = 0;
      let least = Infinity;
      for (let at = offsets[i]; at < offsets[i + 1]; at++) {
        const row = last[members[at]];
        sum += row;
        if (row < least) least = row;
      }
      return this.header.decoder === "SUM" ? sum : least;
    }

    /** "on", "off" or "neither". */
    stateOf(i, value) {
      if (value >= this.on[i]) return "on";
      return this.on[i] === this.off[i] || value <= this.off[i] ? "off" : "neither";
    }

    margin(i, value, expected) { return expected ? value - this.on[i] : this.off[i] - value; }

    /** What should be on behind each layer of gates. */
    truth(active) {
      const truth = [];
      let state = active;
      for (const gates of this.gates) truth.push(state = gates.evaluate(state));
      return truth;
    }

    /** The inputs that an output depends on. */
    support(i) {
      if (this.gates.length === 1) return Array.from(this.gates[0].reads.of(i));
      let needed = [i];
      for (let g = this.gates.length - 1; g >= 0; g--) {
        const before = new Set();
        for (const each of needed) for (const j of this.gates[g].reads.of(each)) before.add(j);
        needed = [...before];
      }
      return needed.sort((a, b) => a - b);
    }

    /** The features that should be on, by the part of the input that they depend on: pairs [part, features]. */
    parts(active, truth) {
      const byPart = new Map();
      let parts = new Map(active.map(j => [j, new Set([j])]));
      this.gates.forEach((gates, g) => {
        const next = new Map();
        parts.forEach((part, feature) => {
          for (const i of gates.reads.inverse.of(feature)) {
            if (!next.has(i)) next.set(i, new Set());
            for (const j of part) next.get(i).add(j);
          }
        });
        for (const i of truth[g]) {
          const part = [...(next.get(i) || [])].sort((a, b) => a - b);
          const key = part.join();
          if (!byPart.has(key)) byPart.set(key, [part, []]);
          byPart.get(key)[1].push({gates: g, index: i});
        }
        parts = next;
      });
      return [...byPart.values()];
    }

    /**
     * Everything about one input. The reasons of rows are those of the network with all its neurons.
     *
     * @param off a set of "t:row" that are held at zero
     */
    trace(active, off) {
      const truth = this.truth(active);
      const expected = truth[truth.length - 1];
      const parts = this.parts(active, truth);
      const states = this.states(active, off);
      const wanting = parts.filter(([part]) => part.length > 0).map(([part, features]) => [this.run(part), features]);
      const rest = this.run([]);
      const last = this.layers.length;
      const code = new Map();
      if (!this.isReadout) {
        for (const i of expected) {
          for (const e of this.outputCodes.of(i)) {
            if (!code.has(e)) code.set(e, []);
            code.get(e).push({gates: this.gates.length - 1, index: i});
          }
        }
      }
      const rows = states.map((state, t) => {
        const firing = [];
        for (let r = 0; r < state.length; r++) {
          if (state[r] === 0) continue;
          let why = "linear";
          let features = [];
          if (t === 0) {
            why = "code";
          } else if (this.layers[t - 1].relu) {
            const isRead = t === last && !this.isReadout;
            if (isRead) {
              features = code.get(r) || [];
            } else if (!(rest[t][r] > 0)) {
              for (const [run, wanted] of wanting) if (run[t][r] > 0) features = features.concat(wanted);
            }
            why = features.length ? "wanted" : rest[t][r] > 0 ? "rest" : "spurious";
          }
          firing.push({row: r, value: state[r], why, features});
        }
        return firing;
      });
      return {active, truth, expected, states, rows, outputs: this.read(states[last], expected)};
    }

    /** The outputs that are on, should be, or are nearest to being wrong; and how many are wrong. */
    read(last, expected) {
      const should = new Set(expected);
      const shown = [];
      let nearest = null;
      let wrong = 0;
      for (let i = 0; i < this.outputs; i++) {
        const value = this.value(i, last);
        const is = should.has(i);
        const margin = this.margin(i, value, is);
        const state = this.stateOf(i, value);
        const isShown = state !== "off" || is;
        if (!isShown && nearest && margin >= nearest.margin) continue;
        const right = state === (is ? "on" : "off");
        const read = {output: i, value, state, expected: is, margin, right};
        if (!right) wrong++;
        if (isShown) shown.push(read);
        if (!nearest || margin < nearest.margin) nearest = read;
      }
      return {shown, nearest, wrong};
    }

    /** The active inputs without any of which a row would be silent. */
    needed(active, t, r) {
      return active.filter(j => !(this.run(active.filter(each => each !== j))[t][r] > 0));
    }

    /** What each input adds, by itself, to the sum of a row of the first layer. */
    contributions(r) {
      const layer = this.layers[0];
      const adds = new Float64Array(this.inputs);
      for (let e = 0; e < this.header.neurons; e++) {
        const weight = layer.weight(r, e);
        if (weight !== 0) for (const j of this.codes.inverse.of(e)) adds[j] += weight;
      }
      return adds;
    }

    /** One number of 0..bound-1 for a random number generator that gives 0..1. */
    static below(bound, random) { return Math.floor(random() * bound); }

    /** A random input with the largest number of active features, begun with some. */
    randomInput(random, begun = []) {
      const active = [...begun];
      for (let tries = 0; active.length < this.header.maxActive && tries < 1000; tries++) {
        const next = [...active, Network.below(this.inputs, random)];
        if (new Set(next).size === next.length && (!this.groups || new Set(next.map(j => this.groups[j])).size === next.length)) {
          active.push(next[next.length - 1]);
        }
      }
      return active.sort((a, b) => a - b);
    }

    /** A random input on which a random output should be on, if one is found. */
    inputThatTurnsOn(random) {
      for (let tries = 0; tries < 200; tries++) {
        const i = Network.below(this.outputs, random);
        const support = this.support(i);
        for (const active of [support, support.slice(0, 1), []]) {
          if (this.isInDomain(active) && this.truth(active)[this.gates.length - 1].includes(i)) return {output: i, active};
        }
      }
      return null;
    }
  }

  /** Random numbers of 0..1 that are the same on every visit (mulberry32). */
  function seeded(seed) {
    let state = seed;
    return () => {
      state = state + 0x6D2B79F5 | 0;
      let t = Math.imul(state ^ state >>> 15, 1 | state);
      t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
      return ((t ^ t >>> 14) >>> 0) / 4294967296;
    };
  }

  return {Network, seeded};
})();
