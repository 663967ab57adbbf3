/*
 * The same as checker.c for networks on which float32 rounds:
 *
 *     cc -O3 -o checker_rounding tools/checker_rounding.c -lm
 *     ./checker_rounding NET.npz [FILE.proof.zip]
 *
 * It computes every input in double, with a bound on what float32 in any order of summation can make of each neuron. A
 * sum of n products is rounded n + 2 times at most, each time by no more than 2^-24 of the absolute values together,
 * whatever joins first; twice that covers products of such errors, what double rounds, and 2^-100 more what is lost
 * below the smallest float32. Outputs nearer to their thresholds than the bound are undecided. docs/proofs.md has the
 * exit status; the method is enumeration.
 */
#define main main_of_checker
#include "checker.c"
#undef main

typedef struct { /* y -> W y + b, and perhaps an earlier state, then ReLU or not */
    double *weight, *bias; /* weight by columns */
    int rows, columns, added;
    bool relu;
} Real;
static Real real[256];
static double *value[257], *error[257], *reach; /* of each state; of the sums of absolute values of the next one */
static const Array *on_at, *off_at; /* thresholds */

static void read_real_layer(int t) {
    const Array *diagonal = find(false, 'f', 1, TEXT("layers.%d.diagonal", t));
    const Array *bias = find(true, 'f', 1, TEXT("layers.%d.bias", t));
    const Array *weight = diagonal ? diagonal : find(true, 'f', 2, TEXT("layers.%d.weight", t));
    int activation = scalar(find(false, 'i', 0, TEXT("layers.%d.activation", t)), 0);
    int64_t rows = weight->shape[0], columns = weight->shape[!diagonal];
    REQUIRE(activation == 0 || activation == 1, "layers.%d.activation is neither 0 nor 1", t);
    REQUIRE(weight->count > 0 && bias->count == rows && (!t || columns == states[t].size), "layer %d is no fit", t);
    Real *l = &real[t];
    *l = (Real){NEW(double, rows * columns), NEW(double, rows), (int)rows, (int)columns, -1, activation == 0};
    l->added = scalar(find(false, 'i', 0, TEXT("layers.%d.skip", t)), -1);
    for (int64_t i = 0; i < weight->count; i++) {
        l->weight[diagonal ? i * rows + i : i % columns * rows + i / columns] = float_at(weight, i);
    }
    for (int64_t r = 0; r < rows; r++) l->bias[r] = float_at(bias, r);
    states[t].size = (int)columns, states[t + 1].size = (int)rows, states[t + 1].rest = NEW(int, rows);
    REQUIRE(l->added >= -1 && l->added <= t && (l->added < 0 || states[l->added].size == rows),
        "layer %d cannot add a state", t);
}
static void read_real_network(void) {
    int widest = 0;
    do read_real_layer(layer_count++);
    while (layer_count < 256 && find(false, 'f', 1, TEXT("layers.%d.bias", layer_count)));
    for (int t = 0; t <= layer_count; t++) {
        value[t] = NEW(double, states[t].size), error[t] = NEW(double, states[t].size);
        if (states[t].size > widest) widest = states[t].size;
    }
    reach = NEW(double, widest);
    read_domain(), read_decoder(&states[layer_count]), read_map();
    on_at = find(true, 'f', 1, "decoder.threshold"), off_at = find(false, 'f', 1, "decoder.off_threshold");
}
static double rounded(int terms, double of) { return 2 * (terms + 2) * ldexp(of + ldexp(1, -100), -24); }

static void pass(int t) { /* through layer t */
    const Real *l = &real[t];
    double *to = value[t + 1], *off = error[t + 1];
    for (int r = 0; r < l->rows; r++) {
        double y = l->added < 0 ? 0 : value[l->added][r], e = l->added < 0 ? 0 : error[l->added][r];
        to[r] = l->bias[r] + y, off[r] = e, reach[r] = fabs(l->bias[r]) + fabs(y) + e;
    }
    for (int c = 0; c < l->columns; c++) {
        double y = value[t][c], e = error[t][c], most_of = fabs(y) + e, *column = l->weight + (int64_t)c * l->rows;
        for (int r = 0; r < l->rows && most_of > 0; r++) {
            to[r] += column[r] * y, off[r] += fabs(column[r]) * e, reach[r] += fabs(column[r]) * most_of;
        }
    }
    for (int r = 0; r < l->rows; r++) {
        UNDECIDED_IF(reach[r] > 1e38, "sums of layer %d are too large for float32", t);
        off[r] += rounded(l->columns + 1, reach[r]);
        if (l->relu && to[r] < 0) to[r] = 0;
    }
}
static void judge_real(int i) {
    const double *y = value[layer_count], *e = error[layer_count];
    bool truth = truths[gate_layers].now[i], by_row = decoder_kind == 1;
    double sum = by_row ? INFINITY : 0, bound = 0, size_of = 0, on = float_at(on_at, i);
    double off = off_at ? float_at(off_at, i) : on;
    int terms = 0;
    for (const int *c = out_codes + (int64_t)i * out_width, *end = c + out_width; c < end; c++) {
        if (*c < 0) continue;
        sum = by_row ? fmin(sum, y[*c]) : sum + y[*c], bound = by_row ? fmax(bound, e[*c]) : bound + e[*c];
        size_of += fabs(y[*c]) + e[*c], terms++;
    }
    if (decoder_kind == 0) bound += rounded(terms, size_of);
    double low = sum - bound, high = sum + bound;
    if (truth ? high < on : off < on ? low > off : low >= on) wrong_input(i, truth);
    UNDECIDED_IF(truth ? low < on : off < on ? high > off : high >= on,
        "output %d is %g on an input of %d features, its threshold is %g, and float32 rounds by up to %g", i, sum, size,
        truth ? on : off, bound);
}
static void look_at(void) { /* the set */
    State *truth = &truths[gate_layers];
    memset(value[0], 0, sizeof(double) * (size_t)states->size);
    for (int k = 0, c; k < size * in_width; k++) {
        if ((c = codes[set[k / in_width] * in_width + k % in_width]) >= 0) value[0][c]++;
    }
    for (int t = 0; t < layer_count; t++) pass(t);
    find_truth();
    for (int i = 0; i < outputs; i++) judge_real(i);
    for (int k = 0; k < truth->changes; k++) own[DIGEST] += mix(set_digest(size) + (uint64_t)truth->changed[k] + 1);
    own[INPUTS]++, own[LOOKED]++, own[CHANGES] += (uint64_t)truth->changes;
    restore(truths, gate_layers);
}
static void walk(int from) { /* all inputs that begin with the set */
    if (size >= fewest && size) look_at();
    for (int next = from; size < most && next < features; next++) {
        if (!fits(next)) continue;
        if (!size) own = tally[next];
        set[size++] = next, walk(next + 1), size--;
    }
}
int main(int count, char **given) {
    uint64_t empty[COUNTS] = {0}, looked = 0;
    current = given[0];
    REQUIRE(count == 2 || count == 3, "the arguments are NET.npz [FILE.proof.zip]");
    read_zip(given[1]), read_real_network();
    uint64_t inputs = domain_size();
    if (count == 3) compare_head(given[2], inputs), expect("method enumeration");
    current = given[1];
    UNDECIDED_IF(inputs > 1000000000, "there are too many inputs to look at each");
    own = empty, tally = allocate((size_t)features, sizeof *tally);
    if (!fewest) look_at();
    walk(0);
    for (int j = 0; j < features; j++) looked += tally[j][LOOKED];
    UNDECIDED_IF(looked + !fewest != inputs, "only" DECIMAL " inputs were covered", looked);
    printf("looked at" DECIMAL "\n", looked);
    current = given[count - 1];
    if (count == 3) compare_ranges(features);
    printf("VERIFIED" DECIMAL " of" DECIMAL " inputs\n", inputs, inputs);
    return 0;
}
