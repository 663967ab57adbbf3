/*
 * An independent, complete check of an exported network, in C11 with nothing but the C library:
 *
 *     cc -O3 -o checker tools/checker.c -lm
 *     ./checker NET.npz [FILE.proof.zip]
 *
 * It covers every input of the domain in whole numbers, by one of three methods, and shares no code with Superpose nor
 * with check_network.py; docs/python.md describes the arrays, docs/proofs.md the methods and the proof. A state has a
 * unit, a power of two, in which all is whole, and no sum may exceed 2^24 units: so float32 is exact in any order.
 *
 * Exit status: 0 right on all inputs, 1 wrong on the input that is printed, 2 no usable network, or a proof that does
 * not hold, 3 undecided: float32 is not exact, there are too many inputs, or a layer adds an earlier state.
 */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXACT 16777216.0 /* whole numbers up to here are exact in float32 */
#define NEW(type, count) ((type *)allocate((size_t)(count), sizeof(type)))
#define REQUIRE(condition, ...) do { if (!(condition)) stop(2, __VA_ARGS__); } while (0)

static const char *current; /* the file that messages are about */

static _Noreturn void stop(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, status == 3 ? "UNDECIDED: %s: " : "%s: ", current);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    exit(status);
}

static void *allocate(size_t count, size_t size) {
    void *memory = count <= SIZE_MAX / 2 / size ? calloc(count ? count : 1, size) : NULL;
    if (!memory) stop(3, "there is not enough memory for %zu times %zu bytes", count, size);
    return memory;
}

static uint32_t little(const uint8_t *p, int bytes) {
    uint32_t value = 0;
    for (int t = bytes - 1; t >= 0; t--) value = value << 8 | p[t];
    return value;
}

/* ---- SHA-256 (FIPS 180-4), whose constants are the fractions of cube and square roots of the first primes ---- */

typedef struct { uint32_t state[8], constants[64]; uint8_t block[64]; uint64_t length; } Sha;

static Sha sha_begin(void) {
    Sha sha = {.length = 0};
    for (int prime = 2, found = 0; found < 64; prime++) {
        int d = 2;
        while (prime % d) d++;
        if (d < prime) continue;
        long double cube = cbrtl(prime), square = sqrtl(prime);
        if (found < 8) sha.state[found] = (uint32_t)((square - floorl(square)) * 4294967296.0L);
        sha.constants[found++] = (uint32_t)((cube - floorl(cube)) * 4294967296.0L);
    }
    return sha;
}

static uint32_t turned(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void sha_block(Sha *sha) {
    uint32_t w[64], s[8];
    for (int t = 0; t < 16; t++) {
        const uint8_t *p = sha->block + 4 * t;
        w[t] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (int t = 16; t < 64; t++) {
        uint32_t a = w[t - 15], b = w[t - 2];
        w[t] = w[t - 16] + w[t - 7] + (turned(a, 7) ^ turned(a, 18) ^ a >> 3)
               + (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
    }
    memcpy(s, sha->state, sizeof s);
    for (int t = 0; t < 64; t++) {
        uint32_t one = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) + sha->constants[t] + w[t]
                       + ((s[4] & s[5]) ^ (~s[4] & s[6]));
        uint32_t two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22))
                       + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one, s[0] = one + two;
    }
    for (int t = 0; t < 8; t++) sha->state[t] += s[t];
}

static void sha_add(Sha *sha, const void *bytes, int64_t length) {
    for (const uint8_t *p = bytes; length > 0; length--) {
        sha->block[sha->length++ % 64] = *p++;
        if (sha->length % 64 == 0) sha_block(sha);
    }
}

static void sha_end(Sha *sha, char hex[65]) {
    uint64_t bits = sha->length * 8;
    for (sha_add(sha, "\x80", 1); sha->length % 64 != 56;) sha_add(sha, "", 1);
    for (int t = 56; t >= 0; t -= 8) sha_add(sha, (uint8_t[]){(uint8_t)(bits >> t)}, 1);
    for (int t = 0; t < 8; t++) sprintf(hex + 8 * t, "%08" PRIx32, sha->state[t]);
}

/* ---- zip files (PKWARE APPNOTE) ---- */

static uint32_t crc32(const uint8_t *p, size_t length) {
    uint32_t crc = UINT32_MAX, table[256];
    for (uint32_t n = 0; n < 256; n++) {
        table[n] = n;
        for (int k = 0; k < 8; k++) table[n] = table[n] >> 1 ^ (table[n] & 1 ? 0xedb88320u : 0);
    }
    while (length--) crc = crc >> 8 ^ table[(crc ^ *p++) & 255];
    return ~crc;
}

static void read_zip(const char *path, void (*use)(const char *name, const uint8_t *data, size_t size)) {
    current = path;
    FILE *file = fopen(path, "rb");
    REQUIRE(file, "cannot be opened");
    long length = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
    REQUIRE(length >= 22 && length < UINT32_MAX, "is no zip file of less than 4 GiB");
    size_t size = (size_t)length, at = size - 22;
    uint8_t *bytes = NEW(uint8_t, size);
    REQUIRE(!fseek(file, 0, SEEK_SET) && fread(bytes, 1, size, file) == size, "cannot be read");
    fclose(file);
    for (; little(bytes + at, 4) != 0x06054b50 || at + 22 + little(bytes + at + 20, 2) != size; at--) {
        REQUIRE(at > 0 && size - at < 66000, "is no zip file: it has no end record");
    }
    uint64_t entry = little(bytes + at + 16, 4);
    for (uint32_t left = little(bytes + at + 10, 2); left > 0; left--) {
        const uint8_t *p = bytes + entry; /* it has method, CRC, sizes, lengths of name and more, place */
        REQUIRE(entry + 46 <= at && little(p, 4) == 0x02014b50, "has a damaged list of entries");
        uint32_t packed = little(p + 20, 4), full = little(p + 24, 4);
        uint64_t name = little(p + 28, 2), begin = little(p + 42, 4);
        entry += 46 + name + little(p + 30, 2) + little(p + 32, 2);
        REQUIRE(entry <= at && begin + 30 <= at && little(bytes + begin, 4) == 0x04034b50, "has a damaged entry");
        begin += 30 + little(bytes + begin + 26, 2) + little(bytes + begin + 28, 2);
        REQUIRE(begin + packed <= at, "has an entry that does not end");
        REQUIRE(!little(p + 10, 2) && full == packed, "has a compressed entry: store it, as numpy.savez does");
        REQUIRE(crc32(bytes + begin, full) == little(p + 16, 4), "has a damaged entry");
        char text[64] = "";
        if (name < sizeof text) memcpy(text, p + 46, name); /* longer names are of nothing that we know */
        use(text, bytes + begin, full);
    }
}

/* ---- NPY arrays ---- */

typedef struct { char name[64], type; int dimensions; int64_t shape[2], count; const uint8_t *data; bool used; } Array;

static Array arrays[2048];
static int array_count;

static void add_array(const char *name, const uint8_t *p, size_t size) {
    const char *end = strstr(name, ".npy"), *ours[] = {"layers.", "encoder.", "decoder.", "gates.", "domain."};
    bool is_ours = false;
    for (int t = 0; t < 5; t++) is_ours |= !strncmp(name, ours[t], strlen(ours[t]));
    if (!is_ours) return; /* names, metadata */
    REQUIRE(end && !end[4] && array_count < 2048, "has an entry %s that is no array", name);
    Array *array = &arrays[array_count++];
    memcpy(array->name, name, (size_t)(end - name));
    char header[256] = "";
    size_t begin = size < 10 ? 0 : 10 + (size_t)little(p + 8, 2);
    REQUIRE(begin && begin <= size && begin < sizeof header && !memcmp(p, "\x93NUMPY\1", 7), "%s is no array", name);
    memcpy(header, p + 10, begin - 10);
    int at = 0;
    sscanf(header, "{'descr': '<%c4', 'fortran_order': False, 'shape': (%n", &array->type, &at);
    REQUIRE(at && strchr("fi", array->type), "%s is neither float32 nor int32 in C order", name);
    for (array->count = 1; header[at] != ')'; at += (int)strspn(header + at, ", ")) {
        size_t digits = strspn(header + at, "0123456789");
        REQUIRE(digits && digits < 10 && array->dimensions < 2, "%s has no usable shape", name);
        array->count *= array->shape[array->dimensions++] = atol(header + at), at += (int)digits;
    }
    REQUIRE((uint64_t)array->count * 4 == size - begin, "%s has another size than its shape says", name);
    array->data = p + begin;
}

static int by_name(const void *a, const void *b) { return strcmp(((const Array *)a)->name, ((const Array *)b)->name); }

static void digest_arrays(char hex[65]) {
    Sha sha = sha_begin();
    for (Array *a = arrays; a < arrays + array_count; a++) {
        char line[128];
        int at = sprintf(line, "%.63s <%c4 ", a->name, a->type);
        for (int d = 0; d < a->dimensions; d++) at += sprintf(line + at, d ? ",%" PRId64 : "%" PRId64, a->shape[d]);
        sha_add(&sha, strcat(line, "\n"), at + 1), sha_add(&sha, a->data, a->count * 4);
    }
    sha_end(&sha, hex);
}

static const Array *find(bool needed, char type, int dimensions, const char *format, ...) { /* or NULL */
    char name[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    Array *a = arrays;
    while (a < arrays + array_count && strcmp(a->name, name)) a++;
    REQUIRE(!needed || a < arrays + array_count, "has no array %s", name);
    if (a == arrays + array_count) return NULL;
    REQUIRE(a->type == type && a->dimensions == dimensions, "%s has another type or shape than it should", name);
    a->used = true;
    return a;
}

static float float_at(const Array *array, int64_t index) {
    uint32_t bits = little(array->data + 4 * index, 4);
    float value;
    memcpy(&value, &bits, 4);
    REQUIRE(isfinite(value), "%s has values that are not finite", array->name);
    return value;
}

static int *ints(const Array *array) {
    int *values = NEW(int, array->count);
    for (int64_t t = 0; t < array->count; t++) values[t] = (int)little(array->data + 4 * t, 4);
    return values;
}

static int scalar(const Array *array, int otherwise) { return array ? *ints(array) : otherwise; }

/* ---- the network ---- */

typedef struct { /* y -> W y + b, with ReLU or without, in whole units of 2^-fraction */
    int rows, columns, fraction, *weight; /* weight by columns: [columns][rows] */
    int *sum, *rest;                      /* before and behind ReLU at the empty input */
    int64_t total, largest, greatest, offset; /* of rest in absolute value; absolute weight, weight, absolute bias */
    int64_t gap, silent; /* what a sum has to gain to be above 0, or -1; moves before the layer that are too small */
    bool relu, full;
} Layer;

typedef struct { int *start, *item; } Lists; /* of key k: item[start[k]] to item[start[k + 1] - 1] */

typedef struct { /* gate i reads the features reads[start[i]] to reads[start[i + 1] - 1] */
    int outputs, *start, *reads, *owner, **function; /* the gate of each read; kind and numbers of functions */
    bool *idle;                                      /* what each gate is at the empty input */
    Lists readers;                                   /* places in reads where a feature stands */
} Gates;

static int features, outputs, most, fewest, layer_count, gate_layers, decoder_kind, in_width, out_width;
static int *codes, *out_codes, *group;
static double *on_from, *off_to; /* in units of the last layer */
static bool grouped, sparse;     /* sparse: an output is off unless the first neuron of its code changes */
static Layer layers[256];
static Gates gates[64];
static Lists read_by;            /* the outputs whose codes begin with a neuron */

static Lists make_lists(const int *key, int stride, int64_t count, int keys) { /* the places of each key, in order */
    Lists lists = {NEW(int, keys + 2), NEW(int, count)};
    for (int64_t t = 0; t < count; t++) lists.start[key[t * stride] + 2]++;
    for (int k = 0; k < keys; k++) lists.start[k + 2] += lists.start[k + 1];
    for (int64_t t = 0; t < count; t++) lists.item[lists.start[key[t * stride] + 1]++] = (int)t;
    return lists;
}

static int *read_codes(const char *name, int neurons, int *count, int *width) {
    const Array *array = find(true, 'i', 2, name);
    int *code = ints(array);
    *count = (int)array->shape[0], *width = (int)array->shape[1];
    REQUIRE(array->count > 0 && array->count < INT32_MAX, "%s is empty or too large", name);
    for (int t = 0; t < array->count; t++) {
        int c = code[t], first = t - t % *width;
        REQUIRE(c >= (t > first ? -1 : 0) && c < neurons, "%s names neuron %d of %d", name, c, neurons);
        for (int s = first; s < t; s++) REQUIRE(c < 0 || code[s] != c, "%s has neuron %d twice in a code", name, c);
    }
    return code;
}

static int fraction_of(const Array *array, int fraction) { /* the least from there on with which all are whole */
    double scale = ldexp(1, fraction);
    for (int64_t t = 0; t < array->count; t++) {
        for (double value = float_at(array, t) * scale; value != rint(value); value *= 2) fraction++, scale *= 2;
    }
    return fraction;
}

static int in_units(float value, int fraction) {
    double units = ldexp(value, fraction);
    if (fabs(units) > EXACT || fraction > 100) stop(3, "float32 is not exact: %g is %.0f units", value, units);
    return (int)units;
}

static void must_be_exact(const Layer *l, int64_t before) { /* where the state before it adds up to so many units */
    double reach = (double)before * (double)l->largest + (double)l->offset;
    if (reach > EXACT) stop(3, "float32 is not exact: sums of layer %d may reach %.0f units", (int)(l - layers), reach);
}

static void read_layer(int t) {
    Layer *l = &layers[t];
    const Array *diagonal = find(false, 'f', 1, "layers.%d.diagonal", t);
    const Array *bias = find(true, 'f', 1, "layers.%d.bias", t);
    const Array *weight = diagonal ? diagonal : find(true, 'f', 2, "layers.%d.weight", t);
    if (find(false, 'i', 0, "layers.%d.skip", t)) stop(3, "layer %d adds an earlier state", t);
    int activation = scalar(find(false, 'i', 0, "layers.%d.activation", t), 0), before = t ? l[-1].fraction : 0;
    l->rows = (int)weight->shape[0], l->columns = (int)weight->shape[!diagonal];
    l->relu = activation == 0, l->full = !diagonal;
    REQUIRE(activation == 0 || activation == 1, "layers.%d.activation is neither 0 nor 1", t);
    REQUIRE(weight->count > 0 && bias->count == l->rows && (!t || l->columns == l[-1].rows), "layer %d is no fit", t);
    l->fraction = fraction_of(bias, before + fraction_of(weight, 0));
    l->weight = NEW(int, (int64_t)l->rows * l->columns), l->sum = NEW(int, l->rows), l->rest = NEW(int, l->rows);
    for (int64_t i = 0; i < weight->count; i++) {
        int w = in_units(float_at(weight, i), l->fraction - before);
        l->weight[l->full ? i % l->columns * l->rows + i / l->columns : i * l->rows + i] = w;
        if (abs(w) > l->largest) l->largest = abs(w);
        if (w > l->greatest) l->greatest = w;
    }
    for (int r = 0; r < l->rows; r++) {
        l->sum[r] = in_units(float_at(bias, r), l->fraction);
        if (abs(l->sum[r]) > l->offset) l->offset = abs(l->sum[r]);
    }
    must_be_exact(l, t ? l[-1].total : 0);
    for (int64_t c = 0; c < l->columns && t; c++) {
        for (int r = 0; r < l->rows && l[-1].rest[c]; r++) l->sum[r] += l[-1].rest[c] * l->weight[c * l->rows + r];
    }
    l->gap = l->relu ? INT32_MAX : -1;
    for (int r = 0; r < l->rows; r++) {
        if (l->relu && -l->sum[r] < l->gap) l->gap = l->sum[r] > 0 ? -1 : -l->sum[r];
        l->rest[r] = l->relu && l->sum[r] < 0 ? 0 : l->sum[r], l->total += abs(l->rest[r]);
    }
    l->silent = l->gap < 0 ? 0 : l->gap / (l->largest + !l->largest);
}

static int *read_offsets(const Array *array, int64_t end, int least) {
    int *offsets = ints(array);
    bool sound = array->count > 1 && offsets[0] == 0 && offsets[array->count - 1] == end;
    for (int64_t t = 1; t < array->count; t++) sound &= offsets[t] >= (int64_t)offsets[t - 1] + least;
    REQUIRE(sound, "%s is not sound", array->name);
    return offsets;
}

static bool gate_value(const Gates *g, int i, const bool *active) {
    const int *own = g->function[i] + 1, *read = g->reads + g->start[i], kind = own[-1];
    int64_t reads = g->start[i + 1] - g->start[i], sum = 0;
    for (int t = 0; t < reads; t++) { /* literals count where they are true */
        bool x = active[read[t]];
        sum += kind == 5 || kind == 6 ? x == (own[t] == 1) : !x ? 0 : kind == 4 ? own[1 + t] : kind == 7 ? 1 << t : 1;
    }
    switch (kind) {
        case 0: case 5: return sum == reads; /* AND, of literals too */
        case 1: return sum & 1;
        case 2: case 4: return sum >= own[0]; /* at least, weighted */
        case 3: return sum == own[0];
        case 6: return sum > 0; /* OR of literals */
        default: return (uint32_t)own[1 + sum / 32] >> sum % 32 & 1; /* truth table */
    }
}

static void read_gates(Gates *g, const char *prefix, int read) {
    static const char *const parts[] = {"offsets", "inputs", "functions", "function_offsets", "function_data"};
    const Array *a[5];
    for (int p = 0; p < 5; p++) a[p] = find(true, 'i', 1, "%s%s", prefix, parts[p]);
    int *function = ints(a[2]), *from = read_offsets(a[3], a[4]->count, 1), *data = ints(a[4]);
    g->start = read_offsets(a[0], a[1]->count, 0), g->reads = ints(a[1]), g->outputs = (int)a[0]->count - 1;
    REQUIRE(a[2]->count == g->outputs, "%s has another length than %s", a[2]->name, a[0]->name);
    g->owner = NEW(int, a[1]->count), g->function = NEW(int *, g->outputs), g->idle = NEW(bool, g->outputs);
    bool *nothing = NEW(bool, read);
    for (int i = 0; i < g->outputs; i++) {
        int f = function[i], reads = g->start[i + 1] - g->start[i];
        REQUIRE(f >= 0 && f < a[3]->count - 1, "%s has no function %d", a[2]->name, f);
        int *own = data + from[f] + 1, kind = own[-1], size = from[f + 1] - from[f] - 1;
        bool sound = kind < 0 || kind > 7 ? false : kind < 2 ? size == 0 && reads > 0
            : kind < 4 ? size == 1 && reads > 0 && own[0] >= (kind == 2) : kind == 4 ? size > 1 && reads == size - 1
            : kind < 7 ? size > 0 && reads == size
            : size > 1 && own[0] == reads && reads <= 16 && size == 1 + ((1 << reads) + 31) / 32;
        for (int t = 0; t < size && (kind == 5 || kind == 6); t++) sound &= own[t] == 1 || own[t] == -1;
        for (int t = g->start[i]; t < g->start[i + 1]; t++) {
            sound &= g->reads[t] >= 0 && g->reads[t] < read, g->owner[t] = i;
        }
        REQUIRE(sound, "%s: gate %d cannot be computed", prefix, i);
        g->function[i] = own - 1, g->idle[i] = gate_value(g, i, nothing);
    }
    g->readers = make_lists(g->reads, 1, a[1]->count, read);
    free(nothing);
}

static void read_decoder(const Layer *last) {
    const Array *on = find(true, 'f', 1, "decoder.threshold"), *off = find(false, 'f', 1, "decoder.off_threshold");
    decoder_kind = *ints(find(true, 'i', 0, "decoder.kind")), sparse = decoder_kind == 1;
    out_codes = read_codes("decoder.codes", last->rows, &outputs, &out_width);
    REQUIRE(decoder_kind >= 0 && decoder_kind < 3, "decoder.kind %d is not 0, 1 or 2", decoder_kind);
    REQUIRE(on->count == outputs && (!off || off->count == outputs), "has other numbers of thresholds than of outputs");
    REQUIRE(decoder_kind == 2 ? out_width == 1 && outputs == last->rows : !off, "only a read-out has two thresholds");
    on_from = NEW(double, outputs), off_to = NEW(double, outputs);
    for (int i = 0; i < outputs; i++) {
        on_from[i] = ldexp(float_at(on, i), last->fraction);
        off_to[i] = off ? ldexp(float_at(off, i), last->fraction) : on_from[i];
        REQUIRE(off_to[i] <= on_from[i], "the off-threshold of output %d is above the other", i);
        REQUIRE(decoder_kind < 2 || out_codes[i] == i, "a read-out has codes");
        if (off_to[i] == on_from[i]) off_to[i] = ceil(on_from[i]) - 1; /* the last whole number below */
        sparse &= last->rest[out_codes[(int64_t)i * out_width]] < on_from[i];
    }
    read_by = make_lists(out_codes, out_width, outputs, last->rows);
}

static void read_network(void) {
    qsort(arrays, (size_t)array_count, sizeof *arrays, by_name);
    for (int t = 1; t < array_count; t++) REQUIRE(by_name(arrays + t - 1, arrays + t), "has %s twice", arrays[t].name);
    do read_layer(layer_count++); while (layer_count < 256 && find(false, 'f', 1, "layers.%d.bias", layer_count));
    codes = read_codes("encoder.codes", layers->columns, &features, &in_width);
    most = *ints(find(true, 'i', 0, "domain.max_active"));
    fewest = scalar(find(false, 'i', 0, "domain.min_active"), 0);
    REQUIRE(most >= 1 && most <= features && most <= 1024, "domain.max_active %d is not in 1..%d", most, features);
    REQUIRE(fewest >= 0 && fewest <= most, "domain.min_active %d is not in 0..%d", fewest, most);
    must_be_exact(layers, (int64_t)most * in_width);
    read_decoder(&layers[layer_count - 1]);
    const Array *groups = find(false, 'i', 1, "domain.groups");
    REQUIRE(!groups || groups->count == features, "domain.groups has another length than the codes");
    grouped = groups, group = groups ? ints(groups) : NEW(int, features);
    for (int j = 0; j < features; j++) {
        if (!groups) group[j] = j;
        REQUIRE(group[j] >= 0 && group[j] < features, "feature %d is in group %d", j, group[j]);
    }
    bool single = find(false, 'i', 1, "gates.offsets");
    for (int read = features; gate_layers < (single ? 1 : 64); read = gates[gate_layers++].outputs) {
        char prefix[32] = "gates.";
        if (!single) snprintf(prefix, sizeof prefix, "gates.%d.", gate_layers);
        if (gate_layers && !find(false, 'i', 1, "%soffsets", prefix)) break;
        read_gates(&gates[gate_layers], prefix, read);
    }
    for (int i = 0; i < outputs; i++) sparse &= !gates[gate_layers - 1].idle[i];
    REQUIRE(gates[gate_layers - 1].outputs == outputs, "has other numbers of gates and outputs");
    for (int t = 0; t < array_count; t++) REQUIRE(arrays[t].used, "has %s, which no network has", arrays[t].name);
}

/* ---- what a proof counts for each lowest active feature, or for each output in the method additive ---- */

enum { INPUTS, CHANGES, DIGEST, LOOKED, PRUNED, PRUNED_INPUTS, PRUNED_DIGEST, COUNTS };

static uint64_t (*tally)[COUNTS], *own; /* own: of the unit */
static int unit, set[1025], size, left_out; /* the input; the size of its prefix that proofs leave out, or 0 */

/* Of one input; in between, all of it is as at the empty input. */
static int **sums, *sum, *parts; /* of the first layer, by number of features; of any layer; moves of 32 entries */
static int *state[256], *changed[256], changes[256]; /* behind each layer; where it is not as at the empty input */
static int64_t total[256];                            /* of absolute values */
static bool *active[65];         /* features, and gates of each layer */
static int *flip[65], flips[65]; /* which gates are not as at the empty input; flip[0] is the input */

static void prepare(void) {
    int rows = layers->rows;
    for (int t = 0; t < layer_count; t++) {
        state[t] = NEW(int, layers[t].rows), changed[t] = NEW(int, layers[t].rows);
        memcpy(state[t], layers[t].rest, (size_t)layers[t].rows * sizeof(int));
        if (layers[t].rows > rows) rows = layers[t].rows;
    }
    sum = NEW(int, rows), parts = NEW(int, rows), sums = NEW(int *, most + 1);
    for (int k = 0; k <= most; k++) sums[k] = NEW(int, layers->rows);
    memcpy(sums[0], layers->sum, (size_t)layers->rows * sizeof(int));
    active[0] = NEW(bool, features), flip[0] = NEW(int, features);
    for (int g = 0; g < gate_layers; g++) {
        active[g + 1] = NEW(bool, gates[g].outputs), flip[g + 1] = NEW(int, gates[g].outputs);
        memcpy(active[g + 1], gates[g].idle, (size_t)gates[g].outputs * sizeof(bool));
    }
}

static uint64_t mix(uint64_t x) {
    x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
    x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return x ^ x >> 32;
}

static uint64_t set_digest(int length) {
    uint64_t digest = 0;
    for (int t = 0; t < length; t++) digest = mix(digest + (uint64_t)set[t] + 1);
    return digest;
}

static int by_int(const void *a, const void *b) { return *(const int *)a - *(const int *)b; } /* of features */

static _Noreturn void wrong_input(int output, bool should_be_on) {
    qsort(set, (size_t)size, sizeof(int), by_int);
    printf("WRONG: input [");
    for (int t = 0; t < size; t++) printf(t ? ", %d" : "%d", set[t]);
    printf("], output %d should be %s\n", output, should_be_on ? "on" : "off");
    exit(1);
}

/* ---- a look at one input ---- */

static void judge(int i) {
    const int *y = state[layer_count - 1];
    bool truth = active[gate_layers][i];
    int64_t value = decoder_kind == 1 ? INT64_MAX : 0;
    for (const int *c = out_codes + (int64_t)i * out_width, *end = c + out_width; c < end; c++) {
        if (*c >= 0) value = decoder_kind != 1 ? value + y[*c] : y[*c] < value ? y[*c] : value;
    }
    if (truth ? (double)value < on_from[i] : (double)value > off_to[i]) wrong_input(i, truth);
}

static void settle(int t, const int *from) { /* the state behind layer t */
    const Layer *l = &layers[t];
    int least = l->relu ? 0 : INT32_MIN;
    int64_t moved = 0;
    for (int r0 = 0; r0 < l->rows; r0 += 32) {
        int part = 0;
        for (int r = r0; r < r0 + 32 && r < l->rows; r++) part += abs((from[r] < least ? least : from[r]) - l->rest[r]);
        moved += parts[r0 / 32] = part;
    }
    total[t] = l->total + moved, changes[t] = 0;
    if (t + 1 < layer_count && moved <= l[1].silent) return;
    for (int r = 0; r < l->rows; r += parts[r / 32] ? 1 : 32) {
        int y = from[r] < least ? least : from[r];
        if (y != l->rest[r]) state[t][r] = y, changed[t][changes[t]++] = r;
    }
}

static void propagate(int t) {
    const Layer *l = &layers[t];
    must_be_exact(l, total[t - 1]);
    changes[t] = 0, total[t] = l->total;
    if (!changes[t - 1]) return;
    memcpy(sum, l->sum, sizeof(int) * (size_t)l->rows);
    for (int k = 0; k < changes[t - 1]; k++) {
        int c = changed[t - 1][k], by = state[t - 1][c] - l[-1].rest[c], *column = l->weight + (int64_t)c * l->rows;
        for (int r = 0; r < l->rows; r++) sum[r] += by * column[r];
    }
    settle(t, sum);
}

static void find_flips(void) { /* gates that are not as at the empty input; undo_flips takes their marks away */
    memcpy(flip[0], set, sizeof(int) * (size_t)size), flips[0] = size;
    for (int k = 0; k < size; k++) active[0][set[k]] = true;
    for (int layer = 0; layer < gate_layers; layer++) {
        const Gates *g = &gates[layer];
        flips[layer + 1] = 0;
        for (int k = 0; k < flips[layer]; k++) {
            int j = flip[layer][k];
            for (int at = g->readers.start[j]; at < g->readers.start[j + 1]; at++) {
                int i = g->owner[g->readers.item[at]];
                if (active[layer + 1][i] != g->idle[i] || gate_value(g, i, active[layer]) == g->idle[i]) continue;
                active[layer + 1][i] = !g->idle[i], flip[layer + 1][flips[layer + 1]++] = i;
            }
        }
    }
}

static void undo_flips(void) {
    for (int layer = 0; layer <= gate_layers; layer++) {
        for (int k = 0; k < flips[layer]; k++) active[layer][flip[layer][k]] ^= true;
    }
}

static void look(void) { /* at an input for which the state behind the first layer is known */
    int end = layer_count - 1;
    for (int t = 1; t < layer_count; t++) propagate(t);
    find_flips();
    uint64_t digest = flips[gate_layers] ? set_digest(size) : 0;
    for (int k = 0; k < flips[gate_layers]; k++) {
        own[DIGEST] += mix(digest + (uint64_t)flip[gate_layers][k] + 1), judge(flip[gate_layers][k]);
    }
    if (decoder_kind == 0 && (double)total[end] > EXACT) stop(3, "float32 is not exact on sums over codes");
    for (int k = 0; k < changes[end] && sparse; k++) {
        int r = changed[end][k];
        for (int at = read_by.start[r]; at < read_by.start[r + 1]; at++) judge(read_by.item[at]);
    }
    for (int i = 0; i < outputs && !sparse; i++) judge(i);
    own[INPUTS]++, own[left_out ? PRUNED_INPUTS : LOOKED]++, own[CHANGES] += (uint64_t)flips[gate_layers];
    undo_flips();
    for (int t = 0; t < layer_count; t++) {
        for (int k = 0; k < changes[t]; k++) state[t][changed[t][k]] = layers[t].rest[changed[t][k]];
    }
}

/* ---- method 1: every input ---- */

static int *columns;    /* [features][rows]: what each feature adds to the first layer */
static int *most_added; /* to each row by any feature; NULL where proofs leave nothing out */
static int64_t needed;  /* so many rows of the first layer have to fire before the second one can */

static void make_columns(void) {
    int64_t rows = layers->rows;
    if (features * rows > 1500000000) stop(3, "%d features and %d rows are too many", features, layers->rows);
    columns = NEW(int, features * rows);
    for (int64_t k = 0; k < (int64_t)features * in_width; k++) {
        for (int64_t r = 0; r < rows && codes[k] >= 0; r++) {
            columns[k / in_width * rows + r] += layers->weight[codes[k] * rows + r];
        }
    }
}

static void find_bounds(void) { /* for the prefixes that proofs leave out; docs/proofs.md has the rule */
    int64_t rows = layers->rows, largest = 0;
    bool applies = layer_count == 2 && layers->gap >= 0 && layers[1].gap >= 0 && layers->full && layers[1].full
        && gate_layers == 1 && !grouped && !fewest && most > 1 && decoder_kind != 2 && features * rows <= 1 << 28;
    for (int i = 0; i < outputs; i++) applies &= *gates->function[i] == 0;
    if (!applies) return;
    most_added = NEW(int, rows);
    for (int64_t k = 0; k < features * rows; k++) {
        if (columns[k] > most_added[k % rows]) most_added[k % rows] = columns[k];
    }
    for (int64_t k = 0; k < rows * layers[1].rows; k++) {
        int64_t e = k / layers[1].rows, value = layers->sum[e] + (int64_t)most * most_added[e];
        if (value > 0 && layers[1].weight[k] * value > largest) largest = layers[1].weight[k] * value;
    }
    needed = largest ? layers[1].gap / largest + 1 : INT32_MAX;
}

static void visit(int feature) { /* all inputs that begin with the set and a feature */
    int rows = layers->rows, *from = sums[size], *to = sums[size + 1], *column = columns + (int64_t)feature * rows;
    for (int r = 0; r < rows; r++) to[r] = from[r] + column[r];
    set[size++] = feature;
    if (most_added && !left_out && size < most) { /* such inputs are looked at here all the same */
        int fired = 0;
        for (int r = 0; r < rows; r++) fired += to[r] + (most - size) * most_added[r] > 0;
        if (fired < needed) left_out = size, own[PRUNED]++;
        if (fired < needed) own[PRUNED_DIGEST] += mix(set_digest(size) + (uint64_t)fired);
    }
    if (size >= fewest) settle(0, to), look();
    for (int next = feature + 1; size < most && next < features; next++) {
        bool allowed = true;
        for (int t = 0; t < size && grouped; t++) allowed &= group[set[t]] != group[next];
        if (allowed) visit(next);
    }
    if (left_out == size) left_out = 0;
    size--;
}

/* ---- method 2: pairs, for clipped channels ---- */

static uint64_t *bits; /* [neurons][words]: the rows where a neuron has a 1 */
static int words;
static int *hits, *marked, *rows_a;
static uint16_t *common; /* how many rows features have in common with a */
static Lists members;  /* the features whose codes a row contains */

static bool is_pairwise(void) {
    if (layer_count != 2 || most > 2 || gate_layers != 1 || !sparse || layers->fraction || !layers->relu
        || !layers->full || !layers[1].full || layers[1].gap < 0 || layers->rows >= UINT16_MAX) return false;
    for (int64_t k = 0; k < (int64_t)layers->rows * layers->columns; k++) if (layers->weight[k] >> 1) return false;
    for (int64_t k = 0; k < (int64_t)features * in_width; k++) if (codes[k] < 0) return false;
    for (int r = 0; r < layers->rows; r++) if (layers->sum[r] != 1 - 2 * in_width) return false;
    for (size = 1; *set < features; ++*set) { /* no gate may be on for one feature */
        find_flips(), undo_flips();
        if (flips[1]) return false;
    }
    size = 0;
    needed = layers[1].greatest ? layers[1].gap / layers[1].greatest + 1 : layers->rows + 1;
    if (needed > layers->rows) needed = layers->rows + 1;
    must_be_exact(&layers[1], layers->rows);
    return true;
}

static int rows_with(int feature, int *rows) { /* the rows that contain its code; returns how many */
    int count = 0;
    for (int w = 0; w < words; w++) {
        uint64_t all = ~UINT64_C(0);
        for (int t = 0; t < in_width; t++) all &= bits[(int64_t)codes[feature * in_width + t] * words + w];
        for (int r = 64 * w; all; all >>= 1, r++) if (all & 1) rows[count++] = r;
    }
    return count;
}

static void add_int(Sha *sha, int n) {
    sha_add(sha, (uint8_t[]){(uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16), (uint8_t)(n >> 24)}, 4);
}

static void find_members(char hex[65]) {
    int64_t total = 0, rows = layers->rows;
    hits = NEW(int, features > rows ? features : rows), marked = NEW(int, rows), rows_a = NEW(int, rows);
    common = NEW(uint16_t, features), words = ((int)rows + 63) / 64;
    bits = NEW(uint64_t, (int64_t)layers->columns * words);
    for (int64_t k = 0; k < rows * layers->columns; k++) {
        bits[k / rows * words + k % rows / 64] |= (uint64_t)layers->weight[k] << k % rows % 64;
    }
    int *start = members.start = NEW(int, rows + 2);
    for (int pass = 0; pass < 2; pass++) { /* counts, then fills in */
        for (int j = 0; j < features; j++) {
            int count = rows_with(j, hits);
            for (int k = 0; k < count; k++, total++) {
                if (pass) members.item[start[hits[k] + 1]++] = j; else start[hits[k] + 2]++;
            }
        }
        if (!pass && total > INT32_MAX) stop(3, "the lists of rows are too long");
        for (int r = 0; r < rows && !pass; r++) start[r + 2] += start[r + 1];
        if (!pass) members.item = NEW(int, total);
    }
    Sha sha = sha_begin();
    for (int r = 0; r < rows; r++) {
        add_int(&sha, start[r + 1] - start[r]);
        for (int k = start[r]; k < start[r + 1]; k++) add_int(&sha, members.item[k]);
    }
    sha_end(&sha, hex);
}

static void scan_pairs(void) {
    int a = unit, found = 0, count = rows_with(a, rows_a);
    for (int k = 0; k < count; k++) {
        for (int at = members.start[rows_a[k] + 1] - 1, b; (b = members.item[at]) > a; at--) {
            if (++common[b] == needed) hits[found++] = b;
        }
        marked[rows_a[k]] = a + 1;
    }
    for (int at = gates->readers.start[a]; at < gates->readers.start[a + 1]; at++) { /* pairs that a gate reads */
        int i = gates->owner[gates->readers.item[at]];
        for (int t = gates->start[i]; t < gates->start[i + 1]; t++) {
            int b = gates->reads[t];
            if (b > a && common[b] < needed) common[b] = (uint16_t)needed, hits[found++] = b;
        }
    }
    for (int h = 0; h < found && most == 2; h++) {
        int b = hits[h], rows = rows_with(b, changed[0]);
        if (group[a] == group[b]) continue;
        set[0] = a, set[1] = b, size = 2, changes[0] = 0;
        for (int k = 0; k < rows; k++) {
            int r = changed[0][k];
            if (marked[r] == a + 1) state[0][r] = 1, changed[0][changes[0]++] = r;
        }
        total[0] = changes[0], look();
    }
    for (int k = 0; k < count; k++) {
        for (int at = members.start[rows_a[k] + 1] - 1, b; (b = members.item[at]) > a; at--) common[b] = 0;
    }
    for (int h = 0; h < found; h++) common[hits[h]] = 0;
    int partners = most == 2 ? features - 1 - a : 0;
    for (int b = a + 1; b < features && grouped && most == 2; b++) partners -= group[a] == group[b];
    own[INPUTS] = (uint64_t)partners + (fewest <= 1);
}

/* ---- method 3: the extremes of sums, for one layer in which nothing is cut ---- */

typedef struct { int64_t score; int feature; } Gain;
static Gain *gains; /* of the features that are not active, in order */
static int64_t *score;
static int gain_count;

static int by_gain(const void *a, const void *b) {
    int64_t x = ((const Gain *)a)->score, y = ((const Gain *)b)->score;
    return (x > y) - (x < y);
}

/* Sorts what each feature that is not active adds to the sum of some rows; returns what they are without any. */
static int64_t sort_gains(const int *row, int width) {
    int64_t base = 0;
    memset(score, 0, sizeof(int64_t) * (size_t)features), gain_count = 0;
    for (int t = 0; t < width && row[t] >= 0; t++) {
        base += layers->sum[row[t]];
        for (int64_t j = 0; j < features; j++) score[j] += columns[j * layers->rows + row[t]];
    }
    for (int j = 0; j < features; j++) if (!active[0][j]) gains[gain_count++] = (Gain){score[j], j};
    qsort(gains, (size_t)gain_count, sizeof(Gain), by_gain);
    return base;
}

static int64_t extreme(bool highest, int length) { /* of a sum, by features that are added to so many of the set */
    int64_t gained = 0;
    for (size = length; size - length < gain_count && size < most; size++) {
        Gain gain = gains[highest ? gain_count - 1 - (size - length) : size - length];
        if (size >= fewest && (highest ? gain.score <= 0 : gain.score >= 0)) break;
        gained += gain.score, set[size] = gain.feature;
    }
    return gained;
}

static void visit_sets(int from, int length, int64_t base) { /* all sets of what a gate reads */
    bool on = gate_value(gates, unit, active[0]);
    if (length + gain_count >= fewest) {
        int64_t worst = base + extreme(!on, length);
        double real = ldexp((double)worst, -layers->fraction);
        uint64_t bits;
        memcpy(&bits, &real, 8);
        own[LOOKED]++, own[DIGEST] += mix(mix(set_digest(length) + (uint64_t)unit + 1) + bits);
        if (on ? (double)worst < on_from[unit] : (double)worst > off_to[unit]) wrong_input(unit, on);
    }
    for (int t = from; t < gates->start[unit + 1] && length < most; t++) {
        int j = set[length] = gates->reads[t];
        active[0][j] = true, visit_sets(t + 1, length + 1, base + score[j]), active[0][j] = false;
    }
}

static void scan_outputs(void) {
    int start = gates->start[unit], end = gates->start[unit + 1];
    for (int t = start; t < end; t++) active[0][gates->reads[t]] = true;
    int64_t base = sort_gains(out_codes + (int64_t)unit * out_width, out_width);
    for (int t = start; t < end; t++) active[0][gates->reads[t]] = false;
    visit_sets(start, 0, base);
}

static bool is_additive(void) {
    if (layer_count != 1 || !layers->full || decoder_kind == 1 || grouped || gate_layers != 1) return false;
    for (int i = 0; i < outputs; i++) {
        double reads = gates->start[i + 1] - gates->start[i]; /* there are at most so many sets of them: */
        if (fmin(pow(2, reads), pow(reads + 1, most)) > 1e8) return false;
        for (int t = gates->start[i] + 1; t < gates->start[i + 1]; t++) {
            if (gates->reads[t - 1] >= gates->reads[t]) return false;
        }
    }
    double reach = out_width * ((double)most * in_width * (double)layers->largest + (double)layers->offset);
    if (reach > EXACT) stop(3, "float32 is not exact: sums over codes may reach %.0f units", reach);
    score = NEW(int64_t, features), gains = NEW(Gain, features);
    make_columns();
    for (int r = 0; r < layers->rows && layers->relu; r++) if (sort_gains(&r, 1) + extreme(false, 0) < 0) return false;
    return true;
}

/* ---- the number of inputs, and proofs ---- */

static const char *domain_size(void) { /* sets of every size, with at most one feature of each group */
    __extension__ typedef unsigned __int128 Wide;
    Wide *ways = NEW(Wide, most + 1), all = 0, part = UINT64_C(1000000000000000000);
    static char text[48];
    int *in_group = NEW(int, features);
    for (int j = 0; j < features; j++) in_group[group[j]]++;
    ways[0] = 1;
    for (int g = 0; g < features; g++) {
        for (int k = most; k > 0 && in_group[g]; k--) {
            ways[k] += ways[k - 1] * (Wide)in_group[g];
            if (ways[k] / part > 100000000000) stop(3, "there are more than 10^29 inputs");
        }
    }
    for (int k = fewest; k <= most; k++) all += ways[k];
    if (all < part) sprintf(text, "%" PRIu64, (uint64_t)all);
    else sprintf(text, "%" PRIu64 "%018" PRIu64, (uint64_t)(all / part), (uint64_t)(all % part));
    return text;
}

static char *proof; /* what is not read yet of proof.txt */

static void add_proof(const char *name, const uint8_t *data, size_t length) {
    if (strcmp(name, "proof.txt")) return;
    REQUIRE(!proof, "is no proof: it has two of them");
    proof = memcpy(NEW(char, length + 1), data, length);
}

static void expect(const char *format, ...) { /* the next line, or its beginning where the format ends with * */
    char line[256], *end = strchr(proof, '\n');
    va_list arguments;
    va_start(arguments, format);
    size_t length = (size_t)vsnprintf(line, sizeof line, format, arguments), given = end ? (size_t)(end - proof) : 0;
    va_end(arguments);
    bool open = line[length - 1] == '*', same = open ? given >= length - 1 : given == length;
    REQUIRE(end && same && !memcmp(proof, line, length - open),
        "does not hold for this network: it says \"%.*s\", not \"%s\"", (int)given, proof, line);
    proof = end + 1;
}

static void compare_ranges(int units) {
    int low = 0, high, ranges = 0;
    for (expect("empty %d", !fewest); low < units; low = high + 1, ranges++) {
        uint64_t n[COUNTS] = {0};
        REQUIRE(sscanf(proof, "range %*d %d", &high) == 1 && high >= low && high < units, "has ranges with gaps");
        for (int u = low; u <= high; u++) for (int k = 0; k < COUNTS; k++) n[k] += tally[u][k];
        expect("range %d %d %" PRIu64 " %" PRIu64 " %016" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %016" PRIx64,
            low, high, n[INPUTS], n[CHANGES], n[DIGEST], n[LOOKED], n[PRUNED], n[PRUNED_INPUTS], n[PRUNED_DIGEST]);
    }
    while (!strncmp(proof, "resumed ", 8)) expect("resumed *");
    expect("end");
    REQUIRE(!*proof, "goes on behind its end");
    printf("the proof holds in %d ranges\n", ranges);
}

int main(int count, char **given) {
    static const char *const methods[] = {"pairwise", "additive", "enumeration"};
    char digest[65];
    int method = -1; /* any that applies */
    current = given[0];
    REQUIRE(count == 2 || count == 3, "the arguments are NET.npz [FILE.proof.zip]");
    read_zip(given[1], add_array), read_network(), prepare();
    const char *inputs = domain_size();
    if (count == 3) {
        read_zip(given[2], add_proof), digest_arrays(digest);
        REQUIRE(proof, "is no proof: it has no proof.txt");
        expect("superpose-proof 1"), expect("network *"), expect("verifier *"), expect("arrays %s", digest);
        expect("features %d %d", features, outputs), expect("active %d %d", fewest, most), expect("inputs %s", inputs);
        while (++method < 2 && strncmp(proof, "method ", 7) == 0 && strncmp(proof + 7, methods[method], 8)) continue;
        expect("method %s", methods[method]);
    }
    bool pairwise = method < 1 && is_pairwise(), additive = !pairwise && (method == -1 || method == 1) && is_additive();
    REQUIRE(method < 0 || method == 2 || pairwise || additive, "does not hold: the network is not %s", methods[method]);
    current = given[1], size = 0, own = (uint64_t[COUNTS]){0};
    if (!fewest) settle(0, sums[0]), look(); /* the empty input */
    if (pairwise) find_members(digest);
    if (!pairwise && !additive && strlen(inputs) > 12) stop(3, "%s inputs are too many to look at each", inputs);
    if (!pairwise && !additive) make_columns(), find_bounds();
    int units = additive ? outputs : features;
    uint64_t covered = !fewest, looked = 0;
    tally = allocate((size_t)units, sizeof *tally);
    for (unit = 0; unit < units; unit++) {
        own = tally[unit], pairwise ? scan_pairs() : additive ? scan_outputs() : visit(unit);
        covered += own[INPUTS], looked += own[LOOKED] + own[PRUNED_INPUTS];
    }
    char text[32];
    snprintf(text, sizeof text, "%" PRIu64, covered);
    if (!additive && strcmp(text, inputs)) stop(3, "%s inputs were covered, not %s", text, inputs);
    printf("looked at %" PRIu64 " %s\n", looked, pairwise ? "pairs" : additive ? "sets of active reads" : "inputs");
    current = given[count - 1];
    if (count == 3 && pairwise) expect("rows %s", digest);
    if (count == 3) compare_ranges(units);
    printf("VERIFIED %s of %s inputs\n", inputs, inputs);
    return 0;
}
