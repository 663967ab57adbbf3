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
 * not hold, 3 undecided: float32 is not exact, or there are too many inputs.
 */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define DECIMAL " %" PRIu64
#define HEX " %016" PRIx64
#define EXACT 16777216.0 /* whole numbers up to here are exact in float32 */
#define NEW(type, count) ((type *)allocate((size_t)(count), sizeof(type)))
#define TEXT(...) format((char[256]){0}, __VA_ARGS__)
#define REQUIRE(condition, ...) do { if (!(condition)) stop(2, TEXT(__VA_ARGS__)); } while (0)
#define UNDECIDED_IF(condition, ...) do { if (condition) stop(3, TEXT(__VA_ARGS__)); } while (0)
static const char *current; /* the file that messages are about */
static char *format(char to[256], const char *text, ...) {
    va_list values;
    va_start(values, text);
    vsnprintf(to, 256, text, values);
    va_end(values);
    return to;
}
static _Noreturn void stop(int status, const char *why) {
    fprintf(stderr, "%s%s: %s\n", status == 3 ? "UNDECIDED: " : "", current, why);
    exit(status);
}
static void *allocate(size_t count, size_t size) {
    void *memory = count <= SIZE_MAX / 2 / size ? calloc(count ? count : 1, size) : NULL;
    UNDECIDED_IF(!memory, "there is not enough memory for %zu times %zu bytes", count, size);
    return memory;
}
static bool begins(const char *text, const char *with) { return !strncmp(text, with, strlen(with)); }
static uint32_t little(const uint8_t *p, int bytes) { return bytes ? little(p + 1, bytes - 1) << 8 | *p : 0; }

/* ---- SHA-256 (FIPS 180-4), whose constants are the fractions of cube and square roots of the first primes ---- */
typedef struct { uint32_t state[8], constants[64], words[16]; uint64_t length; } Sha;
static uint32_t fraction(long double x) { return (uint32_t)((x - floorl(x)) * 4294967296.0L); }
static uint32_t turned(uint32_t x, int by) { return x >> by | x << (32 - by); }
static Sha sha_begin(void) {
    Sha sha = {.length = 0};
    for (int prime = 2, found = 0, d; found < 64; prime++) {
        for (d = 2; prime % d;) d++;
        if (d < prime) continue;
        if (found < 8) sha.state[found] = fraction(sqrtl(prime));
        sha.constants[found++] = fraction(cbrtl(prime));
    }
    return sha;
}
static void sha_block(Sha *sha) {
    uint32_t s[8], *w = sha->words; /* the last 16 of 64 */
    memcpy(s, sha->state, sizeof s);
    for (int t = 0; t < 64; t++) {
        uint32_t one = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) + sha->constants[t] + w[t % 16]
                       + ((s[4] & s[5]) ^ (~s[4] & s[6]));
        uint32_t two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22))
                       + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        uint32_t a = w[(t + 1) % 16], b = w[(t + 14) % 16];
        w[t % 16] += w[(t + 9) % 16] + (turned(a, 7) ^ turned(a, 18) ^ a >> 3)
                     + (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one, s[0] = one + two;
    }
    for (int t = 0; t < 8; t++) sha->state[t] += s[t];
}
static void sha_add(Sha *sha, const void *bytes, int64_t length) {
    for (const uint8_t *p = bytes; length > 0; length--) {
        uint32_t *word = &sha->words[sha->length++ / 4 % 16];
        *word = *word << 8 | *p++;
        if (sha->length % 64 == 0) sha_block(sha);
    }
}
static void sha_end(Sha *sha, char hex[65]) {
    uint64_t bits = sha->length * 8;
    for (sha_add(sha, "\x80", 1); sha->length % 64 != 56;) sha_add(sha, "", 1);
    for (int t = 56; t >= 0; t -= 8) sha_add(sha, (uint8_t[]){(uint8_t)(bits >> t)}, 1);
    for (int t = 0; t < 8; t++) sprintf(hex + 8 * t, "%08" PRIx32, sha->state[t]);
}

/* ---- NPY arrays ---- */
typedef struct { char name[64], type; int dimensions; int64_t shape[2], count; const uint8_t *data; bool used; } Array;
static Array arrays[2048];
static int array_count;
static char *proof; /* what is not read yet of proof.txt */

static void add_entry(const char *name, const uint8_t *p, size_t size) {
    static const char *const ours[] = {"layers.", "encoder.", "decoder.", "gates.", "domain."};
    const char *end = strstr(name, ".npy");
    char header[256] = "";
    size_t begin = size < 10 ? 0 : 10 + (size_t)little(p + 8, 2);
    int at = 0, is_ours = 0;
    REQUIRE(strcmp(name, "proof.txt") || !proof, "is no proof: it has two of them");
    if (!strcmp(name, "proof.txt")) proof = memcpy(NEW(char, size + 1), p, size);
    for (int t = 0; t < 5; t++) is_ours |= begins(name, ours[t]);
    if (!is_ours) return; /* names, metadata */
    REQUIRE(end && !end[4] && array_count < 2048, "has an entry %s that is no array", name);
    REQUIRE(begin && begin <= size && begin < sizeof header && !memcmp(p, "\x93NUMPY\1", 7), "%s is no array", name);
    Array *array = &arrays[array_count++];
    memcpy(array->name, name, (size_t)(end - name)), memcpy(header, p + 10, begin - 10);
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

/* ---- zip files (PKWARE APPNOTE) ---- */
static uint32_t crc32(const uint8_t *p, size_t length) {
    uint32_t crc = UINT32_MAX;
    for (size_t k = 0; k < 8 * length; k++) {
        crc ^= k % 8 ? 0 : p[k / 8], crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}
static int by_name(const void *a, const void *b) { return strcmp(((const Array *)a)->name, ((const Array *)b)->name); }
static void read_zip(const char *path) {
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
        REQUIRE(!little(p + 10, 2) && full == packed, "has a compressed entry: store it, as numpy.savez does");
        REQUIRE(begin + full <= at && crc32(bytes + begin, full) == little(p + 16, 4), "has a damaged entry");
        char text[64] = "";
        if (name < sizeof text) memcpy(text, p + 46, name); /* longer names are of nothing that we know */
        add_entry(text, bytes + begin, full);
    }
    qsort(arrays, (size_t)array_count, sizeof *arrays, by_name);
    for (int t = 1; t < array_count; t++) REQUIRE(by_name(arrays + t - 1, arrays + t), "has %s twice", arrays[t].name);
}

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
static const Array *find(bool needed, char type, int dimensions, const char *name) { /* or NULL */
    for (Array *a = arrays; a < arrays + array_count; a++) {
        if (strcmp(a->name, name)) continue;
        REQUIRE(a->type == type && a->dimensions == dimensions, "%s has another type or shape than it should", name);
        return a->used = true, a;
    }
    REQUIRE(!needed, "has no array %s", name);
    return NULL;
}
static float float_at(const Array *array, int64_t index) {
    union { uint32_t bits; float value; } x = {little(array->data + 4 * index, 4)};
    REQUIRE(isfinite(x.value), "%s has values that are not finite", array->name);
    return x.value;
}
static int *ints(const Array *array) {
    int *values = NEW(int, array->count);
    for (int64_t t = 0; t < array->count; t++) values[t] = (int)little(array->data + 4 * t, 4);
    return values;
}
static int scalar(const Array *array, int otherwise) { return array ? *ints(array) : otherwise; }

/* ---- the network ---- */
typedef struct { int count, *item; } List;
#define EACH(x, list) for (int at_ = 0, x; at_ < (list).count && (x = (list).item[at_], true); at_++)

typedef struct { /* values of neurons, in whole units of 2^-fraction, or of gates */
    int size, fraction, *rest, *now; /* at the empty input; at the one that is looked at: in between all is at rest */
    int *changed, changes, *sum;     /* where the two differ; before ReLU */
    int64_t rest_total, total;       /* of absolute values */
} State;
typedef struct { /* y -> W y + b, and perhaps an earlier state, then ReLU or not */
    int *weight, *sum, added, scale; /* weight by columns: [columns][rows]; sum at rest; that state, or -1, and units */
    int64_t largest, greatest, offset; /* absolute weight, weight, absolute bias */
    int64_t gap, silent; /* what a sum has to gain to be above 0, or -1; moves before the layer that are too small */
    bool relu, full;
} Layer;
typedef struct { int **function; List *reads, *readers; } Gates; /* kind and numbers; what gates read, and by whom */
static int features, outputs, most, fewest, layer_count, gate_layers, decoder_kind, in_width, out_width;
static int *codes, *out_codes, *group;
static double *on_from, *off_to; /* in units of the last state */
static bool grouped, residual, ascending = true; /* ascending: what gates read, without a repetition */
static bool sparse; /* sparse: an output is off unless the first neuron of its code changes */
static Layer layers[256];
static Gates gates[64];
static State states[257], truths[65]; /* layer t leads from state t to t + 1, gates from the features, truth 0, on */
static List *read_by; /* the outputs whose codes begin with a neuron */
static int **sums; /* of the first layer, by number of active features */

static void push(List *list, int item) {
    if (!(list->count & (list->count - 1))) { /* there is room for a power of two */
        list->item = realloc(list->item, sizeof(int) * 2 * (size_t)(list->count + !list->count));
        UNDECIDED_IF(!list->item, "there is not enough memory for %d numbers", 2 * list->count);
    }
    list->item[list->count++] = item;
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
    UNDECIDED_IF(fabs(units) > EXACT || fraction > 100, "float32 is not exact: %g is %.0f units", value, units);
    return (int)units;
}
static void must_be_exact(const Layer *l, int64_t before, int64_t added) { /* where states add up to so many units */
    double reach = (double)before * (double)l->largest + (double)l->offset + (double)added * l->scale;
    UNDECIDED_IF(reach > EXACT, "float32 is not exact: sums of a layer may reach %.0f units", reach);
}
static void read_layer(int t) {
    Layer *l = &layers[t];
    State *from = &states[t], *to = from + 1;
    const Array *diagonal = find(false, 'f', 1, TEXT("layers.%d.diagonal", t));
    const Array *bias = find(true, 'f', 1, TEXT("layers.%d.bias", t));
    const Array *skip = find(false, 'i', 0, TEXT("layers.%d.skip", t));
    const Array *weight = diagonal ? diagonal : find(true, 'f', 2, TEXT("layers.%d.weight", t));
    int activation = scalar(find(false, 'i', 0, TEXT("layers.%d.activation", t)), 0);
    int64_t rows = weight->shape[0], columns = weight->shape[!diagonal];
    l->relu = activation == 0, l->full = !diagonal, l->added = scalar(skip, -1);
    REQUIRE(activation == 0 || activation == 1, "layers.%d.activation is neither 0 nor 1", t);
    REQUIRE(weight->count > 0 && bias->count == rows && (!t || columns == from->size), "layer %d is no fit", t);
    to->fraction = fraction_of(bias, from->fraction + fraction_of(weight, 0)), to->size = (int)rows;
    to->rest = NEW(int, rows), l->sum = NEW(int, rows), l->weight = NEW(int, rows * columns);
    if (!t) from->size = (int)columns, from->rest = NEW(int, columns);
    for (int64_t i = 0; i < weight->count; i++) {
        int w = in_units(float_at(weight, i), to->fraction - from->fraction);
        l->weight[l->full ? i % columns * rows + i / columns : i * rows + i] = w;
        if (abs(w) > l->largest) l->largest = abs(w);
        if (w > l->greatest) l->greatest = w;
    }
    for (int64_t r = 0; r < rows; r++) {
        l->sum[r] = in_units(float_at(bias, r), to->fraction);
        if (abs(l->sum[r]) > l->offset) l->offset = abs(l->sum[r]);
    }
    if (skip) {
        REQUIRE(l->added >= 0 && l->added <= t && states[l->added].size == rows, "layer %d cannot add a state", t);
        const State *added = &states[l->added];
        residual = true, l->scale = in_units(1, to->fraction - added->fraction);
        must_be_exact(l, from->rest_total, added->rest_total);
        for (int64_t r = 0; r < rows; r++) l->sum[r] += added->rest[r] * l->scale;
    }
    must_be_exact(l, from->rest_total, 0);
    for (int64_t c = 0; c < columns; c++) {
        for (int64_t r = 0; r < rows && from->rest[c]; r++) l->sum[r] += from->rest[c] * l->weight[c * rows + r];
    }
    l->gap = l->relu ? INT32_MAX : -1;
    for (int64_t r = 0; r < rows; r++) {
        if (l->relu && -l->sum[r] < l->gap) l->gap = l->sum[r] > 0 ? -1 : -l->sum[r];
        to->rest[r] = l->relu && l->sum[r] < 0 ? 0 : l->sum[r], to->rest_total += abs(to->rest[r]);
    }
    l->silent = l->gap < 0 || l->added >= 0 ? 0 : l->gap / (l->largest + !l->largest);
}
static bool gate_value(const Gates *g, int i, const int *active) {
    const int *own = g->function[i] + 1, *read = g->reads[i].item, kind = own[-1];
    int64_t reads = g->reads[i].count, sum = 0;
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
static void read_gates(int layer, const char *prefix) {
    static const char *const parts[] = {"offsets", "inputs", "functions", "function_offsets", "function_data"};
    const Array *a[5];
    for (int p = 0; p < 5; p++) a[p] = find(true, 'i', 1, TEXT("%s%s", prefix, parts[p]));
    int *start = ints(a[0]), *inputs = ints(a[1]), *function = ints(a[2]), *from = ints(a[3]), *data = ints(a[4]);
    Gates *g = &gates[layer];
    State *before = &truths[layer], *truth = before + 1;
    int size = truth->size = (int)a[0]->count - 1;
    REQUIRE(size > 0 && a[2]->count == size && !*start && start[size] == a[1]->count, "%s is not sound", a[0]->name);
    truth->rest = NEW(int, size), g->function = NEW(int *, size);
    g->reads = NEW(List, size), g->readers = NEW(List, before->size);
    for (int i = 0; i < size; i++) {
        int f = function[i], reads = start[i + 1] - start[i], last = -1;
        REQUIRE(start[i + 1] >= start[i] && start[i + 1] <= a[1]->count, "%s is not sound", a[0]->name);
        REQUIRE(f >= 0 && f < a[3]->count - 1, "%s has no function %d", a[2]->name, f);
        REQUIRE(from[f] >= 0 && from[f] < from[f + 1] && from[f + 1] <= a[4]->count, "%s is not sound", a[3]->name);
        int *own = data + from[f] + 1, kind = own[-1], count = from[f + 1] - from[f] - 1;
        bool sound = kind < 0 || kind > 7 ? false : kind < 2 ? count == 0 && reads > 0
            : kind < 4 ? count == 1 && reads > 0 && own[0] >= (kind == 2) : kind == 4 ? count > 1 && reads == count - 1
            : kind < 7 ? count > 0 && reads == count
            : count > 1 && own[0] == reads && reads <= 16 && count == 1 + ((1 << reads) + 31) / 32;
        for (int t = 0; t < count && (kind == 5 || kind == 6); t++) sound &= own[t] == 1 || own[t] == -1;
        g->reads[i] = (List){reads, inputs + start[i]};
        EACH(j, g->reads[i]) {
            REQUIRE(j >= 0 && j < before->size, "%s: gate %d reads %d", prefix, i, j);
            ascending &= j > last, last = j, push(&g->readers[j], i);
        }
        REQUIRE(sound, "%s: gate %d cannot be computed", prefix, i);
        g->function[i] = own - 1, truth->rest[i] = gate_value(g, i, before->rest);
    }
}
static void read_decoder(const State *last) {
    const Array *on = find(true, 'f', 1, "decoder.threshold"), *off = find(false, 'f', 1, "decoder.off_threshold");
    decoder_kind = *ints(find(true, 'i', 0, "decoder.kind")), sparse = decoder_kind == 1;
    out_codes = read_codes("decoder.codes", last->size, &outputs, &out_width);
    REQUIRE(decoder_kind >= 0 && decoder_kind < 3, "decoder.kind %d is not 0, 1 or 2", decoder_kind);
    REQUIRE(on->count == outputs && (!off || off->count == outputs), "has other numbers of thresholds than of outputs");
    REQUIRE(decoder_kind == 2 ? out_width == 1 && outputs == last->size : !off, "only a read-out has two thresholds");
    on_from = NEW(double, outputs), off_to = NEW(double, outputs), read_by = NEW(List, last->size);
    for (int i = 0; i < outputs; i++) {
        on_from[i] = ldexp(float_at(on, i), last->fraction);
        off_to[i] = off ? ldexp(float_at(off, i), last->fraction) : on_from[i];
        REQUIRE(off_to[i] <= on_from[i], "the off-threshold of output %d is above the other", i);
        REQUIRE(decoder_kind < 2 || out_codes[i] == i, "a read-out has codes");
        if (off_to[i] == on_from[i]) off_to[i] = ceil(on_from[i]) - 1; /* the last whole number below */
        int first = out_codes[(int64_t)i * out_width];
        sparse &= last->rest[first] < on_from[i], push(&read_by[first], i);
    }
}
static void begin_at_rest(State *s) {
    s->changed = NEW(int, s->size), s->sum = NEW(int, s->size);
    s->now = memcpy(NEW(int, s->size), s->rest, (size_t)s->size * sizeof(int));
}
static void read_domain(void) {
    codes = read_codes("encoder.codes", states->size, &features, &in_width);
    most = *ints(find(true, 'i', 0, "domain.max_active"));
    fewest = scalar(find(false, 'i', 0, "domain.min_active"), 0);
    REQUIRE(most >= 1 && most <= features && most <= 1024, "domain.max_active %d is not in 1..%d", most, features);
    REQUIRE(fewest >= 0 && fewest <= most, "domain.min_active %d is not in 0..%d", fewest, most);
    const Array *groups = find(false, 'i', 1, "domain.groups");
    REQUIRE(!groups || groups->count == features, "domain.groups has another length than the codes");
    grouped = groups, group = groups ? ints(groups) : NEW(int, features);
    for (int j = 0; j < features; j++) {
        if (!groups) group[j] = j;
        REQUIRE(group[j] >= 0 && group[j] < features, "feature %d is in group %d", j, group[j]);
    }
}
static void read_map(void) {
    bool single = find(false, 'i', 1, "gates.offsets");
    truths->size = features, truths->rest = NEW(int, features);
    do {
        char prefix[32] = "gates.";
        if (!single) snprintf(prefix, sizeof prefix, "gates.%d.", gate_layers);
        read_gates(gate_layers++, prefix);
    } while (!single && gate_layers < 64 && find(false, 'i', 1, TEXT("gates.%d.offsets", gate_layers)));
    REQUIRE(truths[gate_layers].size == outputs, "has other numbers of gates and outputs");
    for (int t = 0; t < array_count; t++) REQUIRE(arrays[t].used, "has %s, which no network has", arrays[t].name);
    for (int t = 0; t <= gate_layers; t++) begin_at_rest(&truths[t]);
}
static void read_network(void) {
    do read_layer(layer_count++); while (layer_count < 256 && find(false, 'f', 1, TEXT("layers.%d.bias", layer_count)));
    read_domain();
    states->total = (int64_t)most * in_width, must_be_exact(layers, states->total, states->total);
    read_decoder(&states[layer_count]), read_map();
    for (int i = 0; i < outputs; i++) sparse &= !truths[gate_layers].rest[i];
    for (int t = 0; t <= layer_count; t++) begin_at_rest(&states[t]);
    sums = NEW(int *, most + 1);
    for (int k = 0; k <= most; k++) sums[k] = memcpy(NEW(int, states[1].size), layers->sum, (size_t)states[1].size * 4);
}

/* ---- what a proof counts for each lowest active feature, or for each output in the method additive ---- */
enum { INPUTS, CHANGES, DIGEST, LOOKED, PRUNED, PRUNED_INPUTS, PRUNED_DIGEST, COUNTS };
static uint64_t (*tally)[COUNTS], *own; /* own: of the unit */
static int unit, set[1025], size; /* the input */

static void restore(State *s, int count) { /* to what they are at the empty input */
    for (; count >= 0; s->changes = 0, s++, count--)
        for (int k = 0; k < s->changes; k++) s->now[s->changed[k]] = s->rest[s->changed[k]];
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
    const int *y = states[layer_count].now;
    bool truth = truths[gate_layers].now[i];
    int64_t value = decoder_kind == 1 ? INT64_MAX : 0;
    for (const int *c = out_codes + (int64_t)i * out_width, *end = c + out_width; c < end; c++) {
        if (*c >= 0) value = decoder_kind != 1 ? value + y[*c] : y[*c] < value ? y[*c] : value;
    }
    if (truth ? (double)value < on_from[i] : (double)value > off_to[i]) wrong_input(i, truth);
}
static void settle(int t, const int *from) { /* the state behind layer t, from its sums */
    State *s = &states[t + 1];
    s->total = s->rest_total;
    for (int r = 0, least = layers[t].relu ? 0 : INT32_MIN; r < s->size; r++) {
        int y = from[r] < least ? least : from[r], by = y - s->rest[r];
        if (by) s->now[r] = y, s->changed[s->changes++] = r, s->total += abs(by);
    }
}
static void propagate(int t) { /* through layer t */
    static const State none;
    const Layer *l = &layers[t];
    const State *from = &states[t], *added = l->added < 0 ? &none : &states[l->added];
    int rows = states[t + 1].size, *sum = states[t + 1].sum;
    must_be_exact(l, from->total, added->total);
    states[t + 1].total = states[t + 1].rest_total;
    if (!added->changes && from->total - from->rest_total <= l->silent) return;
    memcpy(sum, l->sum, sizeof(int) * (size_t)rows);
    for (int k = 0; k < from->changes; k++) {
        int c = from->changed[k], by = from->now[c] - from->rest[c], *column = l->weight + (int64_t)c * rows;
        for (int r = 0; r < rows; r++) sum[r] += by * column[r];
    }
    for (int k = 0; k < added->changes; k++) {
        int r = added->changed[k];
        sum[r] += (added->now[r] - added->rest[r]) * l->scale;
    }
    settle(t, sum);
}
static void find_truth(void) { /* the gates that are not as at the empty input */
    memcpy(truths->changed, set, sizeof(int) * (size_t)size), truths->changes = size;
    for (int k = 0; k < size; k++) truths->now[set[k]] = 1;
    for (const Gates *g = gates; g < gates + gate_layers; g++) {
        State *before = &truths[g - gates], *truth = before + 1;
        for (int k = 0; k < before->changes; k++) EACH(i, g->readers[before->changed[k]]) {
            if (truth->now[i] != truth->rest[i] || gate_value(g, i, before->now) == truth->rest[i]) continue;
            truth->now[i] = !truth->rest[i], truth->changed[truth->changes++] = i;
        }
    }
}
static void look(void) { /* at an input for which the state behind the first layer is known */
    State *last = &states[layer_count], *truth = &truths[gate_layers];
    for (int k = 0, c; k < size * in_width && residual; k++) {
        c = codes[set[k / in_width] * in_width + k % in_width];
        if (c >= 0 && !states->now[c]++) states->changed[states->changes++] = c;
    }
    for (int t = 1; t < layer_count; t++) propagate(t);
    find_truth();
    for (int k = 0; k < truth->changes; k++) {
        own[DIGEST] += mix(set_digest(size) + (uint64_t)truth->changed[k] + 1), judge(truth->changed[k]);
    }
    UNDECIDED_IF(decoder_kind == 0 && (double)last->total > EXACT, "float32 is not exact on sums over codes");
    for (int k = 0; k < last->changes && sparse; k++) EACH(i, read_by[last->changed[k]]) judge(i);
    for (int i = 0; i < outputs && !sparse; i++) judge(i);
    own[INPUTS]++, own[LOOKED]++, own[CHANGES] += (uint64_t)truth->changes;
    restore(truths, gate_layers), restore(states, layer_count);
}

/* ---- method 1: every input ---- */
static int *columns;    /* [features][rows]: what each feature adds to the first layer */
static int *most_added; /* [number of features][rows]: by any so many; NULL where nothing is left out */
static int64_t needed;  /* so many rows of the first layer have to fire before the second one can */
static void make_columns(void) {
    int64_t rows = states[1].size;
    UNDECIDED_IF(features * rows > 1500000000, "%d features and %d rows are too many", features, states[1].size);
    columns = NEW(int, features * rows);
    for (int64_t k = 0; k < (int64_t)features * in_width; k++) {
        int c = codes[k], *column = columns + k / in_width * rows;
        for (int64_t r = 0; r < rows && c >= 0; r++) column[r] += layers->weight[c * rows + r];
        if (c >= 0 && layers->added == 0) column[c] += layers->scale;
    }
}
static uint64_t subsets(int64_t n, int most_of) { /* of n features, up to so many */
    uint64_t all = 0, ways = 1;
    for (int64_t k = 0; k <= most_of && k <= n; k++) all += ways, ways = ways * (uint64_t)(n - k) / (uint64_t)(k + 1);
    return all;
}

/* For the prefixes that proofs leave out; docs/proofs.md has the rule. Returns how many outputs are on in all. */
static uint64_t find_bounds(void) {
    int64_t rows = states[1].size, largest = 0, reach = 0;
    uint64_t expected = 0;
    bool applies = layer_count == 2 && layers->gap >= 0 && layers[1].gap >= 0 && layers->full && layers[1].full
        && gate_layers == 1 && ascending && !residual && !grouped && !fewest && most > 1 && decoder_kind != 2
        && features * rows <= 1 << 28;
    for (int i = 0; i < outputs && applies; i++) {
        int reads = gates->reads[i].count;
        applies &= *gates->function[i] == 0;
        if (reads <= most) expected += subsets(features - reads, most - reads);
    }
    if (!applies) return 0;
    int *one = NEW(int, rows * (most + 1)) + rows;
    for (int64_t k = 0; k < features * rows; k++) if (columns[k] > one[k % rows]) one[k % rows] = columns[k];
    for (int64_t k = rows; k < rows * most; k++) one[k] = one[k - rows] + one[k % rows];
    most_added = one - rows;
    for (int64_t k = 0; k < rows * states[2].size; k++) {
        int64_t e = k / states[2].size, value = layers->sum[e] + (int64_t)most * one[e];
        if (value > 0 && layers[1].weight[k] * value > largest) largest = layers[1].weight[k] * value;
        if (value > 0 && k % states[2].size == 0) reach += value;
    }
    must_be_exact(&layers[1], reach, 0);
    return needed = largest ? layers[1].gap / largest + 1 : INT32_MAX, expected;
}
static bool fits(int feature) { /* into the set: none of its group is there */
    for (int t = 0; t < size && grouped; t++) if (group[set[t]] == group[feature]) return false;
    return true;
}
static void visit(int feature) { /* all inputs that begin with the set and a feature */
    int rows = states[1].size, *from = sums[size], *to = sums[size + 1], *column = columns + (int64_t)feature * rows;
    set[size++] = feature;
    int fired = 0, more = most - size, *reached = most_added ? most_added + more * rows : column;
    for (int r = 0; r < rows; r++) to[r] = from[r] + column[r], fired += to[r] + reached[r] > 0;
    if (more && most_added && fired < needed) { /* nothing wakes on any of them */
        uint64_t inputs = subsets(features - 1 - feature, more);
        own[PRUNED]++, own[PRUNED_INPUTS] += inputs, own[INPUTS] += inputs;
        own[PRUNED_DIGEST] += mix(set_digest(size) + (uint64_t)fired), size--;
        return;
    }
    if (more || !most_added || fired >= needed) settle(0, to); /* otherwise all behind it is at rest */
    size >= fewest ? look() : restore(states, layer_count);
    for (int next = feature + 1; size < most && next < features; next++) if (fits(next)) visit(next);
    size--;
}

/* ---- method 2: pairs, for clipped channels ---- */
static List *rows_of, *members; /* the rows that contain each feature's code, and the features of each row */
static int *hits, *marked;     /* features with enough rows in common with a, and which rows are of a */
static uint16_t *common;       /* how many rows features have in common with a */
static bool is_pairwise(void) {
    int rows = states[1].size;
    if (layer_count != 2 || most > 2 || gate_layers != 1 || !sparse || residual || states[1].fraction || !layers->relu
        || !layers->full || !layers[1].full || layers[1].gap < 0 || rows >= UINT16_MAX) return false;
    for (int64_t k = 0; k < (int64_t)rows * states->size; k++) if (layers->weight[k] >> 1) return false;
    for (int64_t k = 0; k < (int64_t)features * in_width; k++) if (codes[k] < 0) return false;
    for (int r = 0; r < rows; r++) if (layers->sum[r] != 1 - 2 * in_width) return false;
    for (size = 1; *set < features; ++*set) { /* no gate may be on for one feature */
        find_truth();
        if (truths[1].changes) return false;
        restore(truths, 1);
    }
    int64_t most_silent = layers[1].greatest ? layers[1].gap / layers[1].greatest : rows;
    size = 0, needed = most_silent < rows ? most_silent + 1 : rows + 1;
    return must_be_exact(&layers[1], rows, 0), true;
}
static void find_rows(char hex[65]) {
    int rows = states[1].size, *ones = NEW(int, rows);
    rows_of = NEW(List, features), members = NEW(List, rows);
    hits = NEW(int, features), marked = NEW(int, rows), common = NEW(uint16_t, features);
    for (int j = 0; j < features; j++) {
        memset(ones, 0, sizeof(int) * (size_t)rows);
        for (const int *c = codes + (int64_t)j * in_width, *end = c + in_width; c < end; c++) {
            for (int r = 0; r < rows; r++) ones[r] += layers->weight[(int64_t)*c * rows + r];
        }
        for (int r = 0; r < rows; r++) if (ones[r] == in_width) push(&rows_of[j], r), push(&members[r], j);
    }
    Sha sha = sha_begin();
    for (int r = 0; r < rows; r++) {
        for (int k = -1; k < members[r].count; k++) {
            uint32_t n = (uint32_t)(k < 0 ? members[r].count : members[r].item[k]);
            sha_add(&sha, (uint8_t[]){(uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16), (uint8_t)(n >> 24)}, 4);
        }
    }
    sha_end(&sha, hex);
}
static void scan_pairs(void) {
    int a = unit, found = 0, partners = most == 2 ? features - 1 - a : 0;
    EACH(r, rows_of[a]) {
        marked[r] = a + 1;
        for (int k = members[r].count - 1, b; (b = members[r].item[k]) > a; k--) {
            if (++common[b] == needed) hits[found++] = b;
        }
    }
    EACH(i, gates->readers[a]) EACH(b, gates->reads[i]) { /* pairs that a gate reads */
        if (b > a && common[b] < needed) common[b] = (uint16_t)needed, hits[found++] = b;
    }
    for (int h = 0; h < found && most == 2; h++) {
        State *s = &states[1];
        int b = hits[h];
        if (group[a] == group[b]) continue;
        set[0] = a, set[1] = b, size = 2;
        EACH(r, rows_of[b]) if (marked[r] == a + 1) s->now[r] = 1, s->changed[s->changes++] = r;
        s->total = s->changes, look();
    }
    EACH(r, rows_of[a]) for (int k = members[r].count - 1, b; (b = members[r].item[k]) > a; k--) common[b] = 0;
    for (int h = 0; h < found; h++) common[hits[h]] = 0;
    for (int b = a + 1; b < features && grouped && most == 2; b++) partners -= group[a] == group[b];
    own[INPUTS] = (uint64_t)partners + (fewest <= 1);
}

/* ---- method 3: the extremes of sums, for one matrix in which nothing is cut ---- */
static int64_t *score;     /* what each feature adds to a sum */
static int *order, *read_at; /* features by their scores; whether the output of the unit depends on them */
static List *behind;       /* the features that outputs depend on */
static int by_score(const void *a, const void *b) {
    return (score[*(const int *)a] > score[*(const int *)b]) - (score[*(const int *)a] < score[*(const int *)b]);
}
static int times_read(int64_t i, int64_t row) { /* how often an output reads a row of the first layer */
    if (layer_count == 2) return layers[1].weight[row * outputs + i];
    for (int t = 0; t < out_width; t++) if (out_codes[i * out_width + t] == row) return 1;
    return 0;
}
static int64_t find_scores(int64_t i, bool is_row) { /* for a row, or an output; returns the sum without any feature */
    bool reads_out = !is_row && layer_count == 2;
    int64_t base = reads_out ? layers[1].sum[i] : 0;
    for (int j = 0; j < features; j++) score[j] = 0, order[j] = j;
    for (int64_t r = 0, times; r < states[1].size; r++) {
        if (!(times = is_row ? r == i : times_read(i, r))) continue;
        base += times * (layers->sum[r] - (reads_out ? states[1].rest[r] : 0));
        for (int64_t j = 0; j < features; j++) score[j] += times * columns[j * states[1].size + r];
    }
    qsort(order, (size_t)features, sizeof(int), by_score);
    return base;
}
static int64_t extreme(bool high, int length) { /* of what features add that are not read, beside so many of the set */
    int64_t gained = 0;
    size = length;
    for (int k = 0; k < features && size < most; k++) {
        int j = order[high ? features - 1 - k : k];
        if (size >= fewest && (high ? score[j] <= 0 : score[j] >= 0)) break;
        if (read_at[j] != unit + 1) gained += score[j], set[size++] = j;
    }
    return gained;
}
static void find_behind(void) {
    behind = gates->reads;
    for (int t = 1; t < gate_layers; t++) { /* the union over what a gate reads */
        List *all = NEW(List, truths[t + 1].size);
        for (int i = 0, *seen = NEW(int, features); i < truths[t + 1].size; i++) {
            EACH(k, gates[t].reads[i]) EACH(j, behind[k]) if (seen[j] != i + 1) seen[j] = i + 1, push(&all[i], j);
            if (all[i].count) qsort(all[i].item, (size_t)all[i].count, sizeof(int), by_int);
        }
        behind = all;
    }
}
static void visit_sets(int from, int length, int64_t base) { /* all sets of what an output depends on */
    size = length, find_truth();
    bool on = truths[gate_layers].now[unit];
    restore(truths, gate_layers);
    int64_t worst = base + extreme(!on, length);
    union { double real; uint64_t bits; } sum = {ldexp((double)worst, -states[layer_count].fraction)};
    if (size >= fewest) own[LOOKED]++, own[DIGEST] += mix(mix(set_digest(length) + (uint64_t)unit + 1) + sum.bits);
    if (size >= fewest && (on ? (double)worst < on_from[unit] : (double)worst > off_to[unit])) wrong_input(unit, on);
    for (int t = from; t < behind[unit].count && length < most; t++) {
        int j = behind[unit].item[t];
        set[length] = j, visit_sets(t + 1, length + 1, base + score[j]);
    }
}
static void scan_outputs(void) {
    EACH(j, behind[unit]) read_at[j] = unit + 1;
    visit_sets(0, 0, find_scores(unit, false));
}
static bool is_additive(void) {
    bool reads_out = layer_count == 2 && decoder_kind == 2 && layers[1].full && !layers[1].relu;
    double *of = NEW(double, outputs), reach = (double)most * in_width * layers->largest + layers->offset;
    if ((layer_count != 1 && !reads_out) || !layers->full || residual || decoder_kind == 1 || grouped
        || (gate_layers == 1 && !ascending)) return false;
    find_behind();
    for (int i = 0; i < outputs; i++) { /* there are at most so many sets of what it reads: */
        double reads = behind[i].count;
        if (fmin(pow(2, reads), pow(reads + 1, most)) > 1e8) return false;
    }
    make_columns(), score = NEW(int64_t, features), order = NEW(int, features), read_at = NEW(int, features);
    for (int64_t r = 0; r < states[1].size; r++) {
        int64_t base = find_scores(r, true), low = base + extreme(false, 0), high = base + extreme(true, 0);
        if (layers->relu && low < 0) return false;
        for (int i = 0; i < outputs && reads_out; i++) {
            of[i] += fabs((double)times_read(i, r)) * fmax(fabs((double)low), fabs((double)high));
            reach = fmax(reach, of[i] + (double)layers[1].offset);
        }
    }
    UNDECIDED_IF(out_width * reach > EXACT, "float32 is not exact: sums may reach %.0f units", reach);
    return true;
}

/* ---- the number of inputs, and proofs ---- */
static uint64_t domain_size(void) { /* sets of every size, with at most one feature of each group */
    uint64_t *ways = NEW(uint64_t, most + 1), *in_group = NEW(uint64_t, features), all = 0;
    for (int j = 0; j < features; j++) in_group[group[j]]++;
    ways[0] = 1;
    for (int g = 0; g < features; g++) {
        for (int k = most; k > 0 && in_group[g]; k--) {
            UNDECIDED_IF(ways[k - 1] > (UINT64_MAX / 2 - ways[k]) / in_group[g], "there are more than 2^63 inputs");
            ways[k] += ways[k - 1] * in_group[g];
        }
    }
    for (int k = fewest; k <= most; k++) all += ways[k];
    return all;
}
static void expect(const char *line) { /* the next one, or how it begins where that ends with * */
    char *end = strchr(proof, '\n');
    size_t length = strlen(line), given = end ? (size_t)(end - proof) : 0;
    bool open = line[length - 1] == '*', same = open ? given >= length - 1 : given == length;
    REQUIRE(end && same && !memcmp(proof, line, length - open),
        "does not hold for this network: it says \"%.*s\", not \"%s\"", (int)given, proof, line);
    proof = end + 1;
}
static void compare_head(const char *path, uint64_t inputs) { /* all before the method */
    char digest[65];
    proof = NULL, read_zip(path), digest_arrays(digest);
    REQUIRE(proof, "is no proof: it has no proof.txt");
    expect("superpose-proof 1"), expect("network *"), expect("verifier *"), expect(TEXT("arrays %s", digest));
    expect(TEXT("features %d %d", features, outputs)), expect(TEXT("active %d %d", fewest, most));
    expect(TEXT("inputs" DECIMAL, inputs));
}
static void compare_ranges(int units) {
    int low = 0, high, ranges = 0;
    for (expect(TEXT("empty %d", !fewest)); low < units; low = high + 1, ranges++) {
        uint64_t n[COUNTS] = {0};
        REQUIRE(sscanf(proof, "range %*d %d", &high) == 1 && high >= low && high < units, "has ranges with gaps");
        for (int u = low; u <= high; u++) for (int k = 0; k < COUNTS; k++) n[k] += tally[u][k];
        expect(TEXT("range %d %d" DECIMAL DECIMAL HEX DECIMAL DECIMAL DECIMAL HEX, low, high, n[INPUTS], n[CHANGES],
            n[DIGEST], n[LOOKED], n[PRUNED], n[PRUNED_INPUTS], n[PRUNED_DIGEST]));
    }
    while (begins(proof, "resumed ")) expect("resumed *");
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
    read_zip(given[1]), read_network();
    uint64_t inputs = domain_size();
    if (count == 3) {
        compare_head(given[2], inputs);
        REQUIRE(!begins(proof, "method disjunct\n"), "is one for checker_disjunct.c");
        do method++; while (method < 2 && !begins(proof, TEXT("method %s\n", methods[method])));
        expect(TEXT("method %s", methods[method]));
    }
    bool pairwise = method < 1 && is_pairwise(), additive = !pairwise && (method == -1 || method == 1) && is_additive();
    REQUIRE(method < 0 || method == 2 || pairwise || additive, "does not hold: the network is not %s", methods[method]);
    int units = additive ? outputs : features;
    uint64_t all[COUNTS] = {0}, expected = 0;
    current = given[1], size = 0, own = all, tally = allocate((size_t)units, sizeof *tally);
    if (!fewest) settle(0, sums[0]), look(); /* the empty input */
    if (pairwise) find_rows(digest);
    if (!pairwise && !additive) make_columns(), expected = find_bounds();
    UNDECIDED_IF(!pairwise && !additive && inputs > 1000000000000, "there are too many inputs to look at each");
    for (bool done = false; !done;) { /* a second time, without a bound, if gates are on that were not looked at */
        memset(all, 0, sizeof all);
        for (unit = 0; unit < units; unit++) {
            own = memset(tally[unit], 0, sizeof *tally);
            pairwise ? scan_pairs() : additive ? scan_outputs() : visit(unit);
            for (int k = 0; k < COUNTS; k++) all[k] += own[k];
        }
        done = !most_added || all[CHANGES] == expected, most_added = NULL;
    }
    UNDECIDED_IF(!additive && all[INPUTS] + !fewest != inputs, "only" DECIMAL " inputs were covered", all[INPUTS]);
    printf("looked at" DECIMAL "\n", all[LOOKED]);
    current = given[count - 1];
    if (count == 3 && pairwise) expect(TEXT("rows %s", digest));
    if (count == 3) compare_ranges(units);
    printf("VERIFIED" DECIMAL " of" DECIMAL " inputs\n", inputs, inputs);
    return 0;
}
