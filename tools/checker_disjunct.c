/*
 * The same as checker.c for deep networks that compute gates in turn on the same neurons, of any size:
 *
 *     cc -O3 -o checker_disjunct tools/checker_disjunct.c -lm
 *     ./checker_disjunct NET.npz [FILE.proof.zip]
 *
 * It follows the nodes of the map, which are features and gates, through the network: each neuron is the number of
 * some nodes of one layer that are on, or 1 iff any of them is, or 1 iff none is. docs/proofs.md has the argument,
 * which is the method disjunct, and the exit status.
 */
#define main main_of_checker
#include "checker.c"
#undef main

enum { COUNT, ANY, NONE };
typedef struct { List nodes; int layer, kind; } Neuron; /* nodes are features, layer 0, or gates of a layer */
static Neuron *neurons; /* of the state that is reached */
static int neuron_count, most_on[65]; /* most_on: of the nodes of each layer, on any input */
static int *degree; /* how many neurons have a node, or -1 where others that are on together may be in all of these */
static int degrees_of; /* the layer whose nodes these are, or -1 */
static int *shared; /* how many of some neurons have each node */

static bool is_any(const Neuron *n) { return n->kind == ANY || (n->kind == COUNT && n->nodes.count < 2); }
static void find_degrees(int layer) {
    int nodes = truths[layer].size;
    List *within = NEW(List, nodes);
    for (int e = 0; e < neuron_count; e++) {
        if (neurons[e].layer == layer && is_any(&neurons[e])) EACH(x, neurons[e].nodes) push(&within[x], e);
    }
    for (int a = 0; a < nodes; a++) {
        int64_t left = within[a].count;
        memset(shared, 0, sizeof(int) * (size_t)nodes);
        EACH(e, within[a]) EACH(x, neurons[e].nodes) shared[x] += x != a;
        for (int k = 0, worst = 0; k < most_on[layer]; k++, left -= shared[worst], shared[worst] = 0) {
            for (int x = 0; x < nodes; x++) if (shared[x] > shared[worst]) worst = x;
        }
        degree[a] = left > 0 ? within[a].count : -1;
    }
    for (int a = 0; a < nodes; a++) free(within[a].item);
    free(within), degrees_of = layer;
}

/* The node that is on iff all of some neurons are: a gate that reads the nodes that are in them, or of the last layer
   the only node that is; -1 if there is none. */
static int node_of(List row) {
    int layer = degrees_of, found = -1;
    List whole = {0, NULL}; /* the nodes that are nowhere else */
    memset(shared, 0, sizeof(int) * (size_t)truths[layer].size);
    EACH(e, row) {
        if (neurons[e].layer != layer || !is_any(&neurons[e])) return -1;
        EACH(x, neurons[e].nodes) if (++shared[x] == degree[x]) push(&whole, x);
    }
    EACH(e, row) { /* they turn on every neuron */
        bool is_on = false;
        EACH(x, neurons[e].nodes) is_on |= shared[x] == degree[x];
        if (!is_on) return -1;
    }
    if (layer == gate_layers) found = whole.count == 1 ? *whole.item : -1;
    else EACH(i, gates[layer].readers[*whole.item]) {
        bool is_same = *gates[layer].function[i] == 0 && gates[layer].reads[i].count == whole.count;
        EACH(j, gates[layer].reads[i]) is_same &= shared[j] == degree[j];
        if (is_same) found = i;
    }
    free(whole.item);
    return found;
}

/* What a neuron is that reads some of those before it, each with the same weight; false if it is none of the three. */
static bool find_neuron(Neuron *to, List row, int weight, int64_t bias) {
    *to = (Neuron){.layer = 0};
    if (row.count == 1 && ((weight == 1 && bias == 0) || (weight == -1 && bias == 1))) { /* y or 1 - y */
        *to = neurons[*row.item];
        if (weight == -1) to->kind = to->kind == NONE ? ANY : NONE;
        return true;
    }
    EACH(e, row) if (neurons[e].nodes.count) to->layer = neurons[e].layer;
    if (bias == 0 && weight == 1) { /* a sum; a neuron without nodes is 0, or 1 if it is NONE */
        EACH(e, row) {
            const Neuron *n = &neurons[e];
            if (n->kind == NONE || (n->kind == ANY && n->nodes.count > 1)) return false;
            if (n->nodes.count && n->layer != to->layer) return false;
            EACH(x, n->nodes) push(&to->nodes, x);
        }
        return true;
    }
    if (!row.count) return bias <= 0;
    if (bias != 1 - row.count || weight != 1 || to->layer == gate_layers) return false;
    if (degrees_of != to->layer) find_degrees(to->layer);
    int gate = node_of(row);
    return push(&to->nodes, gate), to->layer++, gate >= 0;
}
static bool pass(int t) { /* through layer t */
    const Layer *l = &layers[t];
    int rows = states[t + 1].size;
    int64_t reach = 0;
    Neuron *to = NEW(Neuron, rows);
    List row = {0, NULL};
    for (int e = 0; e < neuron_count; e++) reach += neurons[e].nodes.count + 1;
    must_be_exact(l, reach, 0), degrees_of = -1;
    for (int r = 0; r < rows; r++) {
        int64_t bias = l->sum[r];
        int weight = 0;
        row.count = 0;
        for (int e = 0, w; e < neuron_count; e++) {
            if (!(w = l->weight[(int64_t)e * rows + r])) continue;
            bias -= (int64_t)w * states[t].rest[e], weight = !row.count || w == weight ? w : 2, push(&row, e);
        }
        if (!find_neuron(&to[r], row, weight, bias)) return false;
    }
    return neurons = to, neuron_count = rows, l->relu;
}
static bool are_distinct(const Gates *g, int count) { /* no two gates read the same */
    for (int i = 0; i < count; i++) {
        List own = g->reads[i];
        EACH(k, g->readers[*own.item]) {
            size_t bytes = sizeof(int) * (size_t)own.count;
            if (k != i && g->reads[k].count == own.count && !memcmp(g->reads[k].item, own.item, bytes)) return false;
        }
    }
    return true;
}

/* How many gates are on at most where so many nodes below them are: each takes its reads out of what these have; and
   different gates of one fan-in read different subsets of them. */
static int most_gates_on(int layer, int below) {
    const Gates *g = &gates[layer];
    int size = truths[layer].size, count = truths[layer + 1].size, least = INT32_MAX, greatest = 0;
    int *readers = NEW(int, size);
    uint64_t taken = 0, most_of;
    for (int j = 0; j < size; j++) readers[j] = g->readers[j].count;
    qsort(readers, (size_t)size, sizeof(int), by_int);
    for (int k = 1; k <= below && k <= size; k++) taken += (uint64_t)readers[size - k];
    free(readers);
    for (int i = 0; i < count; i++) {
        if (g->reads[i].count < least) least = g->reads[i].count;
        if (g->reads[i].count > greatest) greatest = g->reads[i].count;
    }
    most_of = taken / (uint64_t)least;
    if (least == greatest && below < 64 && are_distinct(g, count)) {
        uint64_t sets = subsets(below, least) - subsets(below, least - 1);
        if (sets < most_of) most_of = sets;
    }
    return most_of < (uint64_t)count ? (int)most_of : count;
}
static bool is_disjunct(void) {
    if (grouped || fewest || residual || !ascending || decoder_kind != 1 || states[layer_count].fraction) return false;
    int largest = features;
    most_on[0] = most, neurons = NEW(Neuron, states->size), neuron_count = states->size;
    for (int64_t k = 0; k < (int64_t)features * in_width; k++) {
        if (codes[k] >= 0) push(&neurons[codes[k]].nodes, (int)(k / in_width));
    }
    for (int t = 0; t < gate_layers; t++) {
        for (int i = 0; i < truths[t + 1].size; i++) if (*gates[t].function[i]) return false; /* no AND */
        most_on[t + 1] = most_gates_on(t, most_on[t]);
        if (truths[t + 1].size > largest) largest = truths[t + 1].size;
    }
    degree = NEW(int, largest), shared = NEW(int, largest);
    for (int t = 0; t < layer_count; t++) if (!pass(t)) return false;
    for (int e = 0; e < neuron_count; e++) if (neurons[e].kind == COUNT) neurons[e].kind = ANY; /* from 1 */
    find_degrees(gate_layers), find_behind();
    List row = {0, NULL};
    for (int i = 0; i < outputs; i++, row.count = 0) {
        const int *code = out_codes + (int64_t)i * out_width;
        for (int k = 0; k < out_width; k++) if (code[k] >= 0) push(&row, code[k]);
        if (on_from[i] <= 0 || on_from[i] > 1 || behind[i].count > 16 || node_of(row) != i) return false;
    }
    return true;
}
static void count_sets(int from, int length) { /* all sets of what an output depends on */
    size = length, find_truth();
    bool on = truths[gate_layers].now[unit];
    restore(truths, gate_layers);
    own[LOOKED]++, own[DIGEST] += mix(mix(set_digest(length) + (uint64_t)unit + 1) + on);
    for (int t = from; t < behind[unit].count && length < most; t++) {
        set[length] = behind[unit].item[t], count_sets(t + 1, length + 1);
    }
}
int main(int count, char **given) {
    uint64_t looked = 0;
    current = given[0];
    REQUIRE(count == 2 || count == 3, "the arguments are NET.npz [FILE.proof.zip]");
    read_zip(given[1]), read_network();
    uint64_t inputs = domain_size();
    if (count == 3) compare_head(given[2], inputs), expect("method disjunct");
    current = given[1];
    UNDECIDED_IF(!is_disjunct(), "its neurons are not gates in turn; maybe it is one for checker.c");
    tally = allocate((size_t)outputs, sizeof *tally);
    for (unit = 0; unit < outputs; unit++, looked += own[LOOKED]) own = tally[unit], count_sets(0, 0);
    printf("looked at" DECIMAL "\n", looked);
    current = given[count - 1];
    if (count == 3) compare_ranges(outputs);
    printf("VERIFIED" DECIMAL " of" DECIMAL " inputs\n", inputs, inputs);
    return 0;
}
