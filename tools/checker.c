/*
 * An independent, complete check of an exported network, in C11 without any library but the C one and threads:
 *
 *     cc -O3 -o checker tools/checker.c -lm -lpthread
 *     ./checker NET.npz [FILE.proof.zip]
 *
 * It covers every input of the domain in whole numbers, by one of three methods, and shares no code with Superpose nor
 * with check_network.py; docs/python.md describes the arrays, docs/proofs.md the methods and the proof. All numbers of
 * a layer are taken in units of a power of two in which they are whole, and no sum may exceed 2^24 units: then float32
 * is exact in any order of summation, and 32-bit integers do not overflow.
 *
 * Exit status: 0 right on all inputs, 1 wrong on the input that is printed, 2 no usable network, or a proof that does
 * not hold, 3 undecided: float32 is not exact, there are too many inputs, or a layer adds an earlier state.
 */
#define _DEFAULT_SOURCE
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXACT 16777216.0 /* whole numbers up to here are exact in float32 */
#define NEW(type, count) ((type *)allocate((size_t)(count), sizeof(type)))
#define REQUIRE(condition, ...) do { if (!(condition)) stop(2, __VA_ARGS__); } while (0)

static const char *current = "checker"; /* the file that messages are about */

static _Noreturn void stop(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, status == 3 ? "UNDECIDED: %s: " : "%s: ", current);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    fflush(stdout);
    _exit(status);
}

static void *allocate(size_t count, size_t size) {
    void *memory = count <= SIZE_MAX / 2 / size ? calloc(count ? count : 1, size) : NULL;
    if (!memory) stop(3, "there is not enough memory for %zu times %zu bytes", count, size);
    return memory;
}

static uint64_t little(const uint8_t *p, int bytes) {
    uint64_t value = 0;
    for (int t = bytes - 1; t >= 0; t--) value = value << 8 | p[t];
    return value;
}

/* ---- SHA-256 (FIPS 180-4), whose constants are the fractions of cube and square roots of the first primes ---- */

typedef struct { uint32_t state[8]; uint8_t block[64]; uint64_t length; } Sha;
static uint32_t sha_constants[64];

static void sha_begin(Sha *sha) {
    sha->length = 0;
    for (int prime = 2, found = 0; found < 64; prime++) {
        int d = 2;
        while (prime % d) d++;
        if (d < prime) continue;
        long double cube = cbrtl(prime), square = sqrtl(prime);
        sha_constants[found] = (uint32_t)((cube - floorl(cube)) * 4294967296.0L);
        if (found < 8) sha->state[found] = (uint32_t)((square - floorl(square)) * 4294967296.0L);
        found++;
    }
}

static uint32_t turned(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void sha_block(uint32_t *state, const uint8_t *p) {
    uint32_t w[64], s[8];
    for (int t = 0; t < 16; t++) {
        w[t] = (uint32_t)p[4 * t] << 24 | (uint32_t)p[4 * t + 1] << 16 | (uint32_t)p[4 * t + 2] << 8 | p[4 * t + 3];
    }
    for (int t = 16; t < 64; t++) {
        uint32_t a = w[t - 15], b = w[t - 2];
        w[t] = w[t - 16] + w[t - 7] + (turned(a, 7) ^ turned(a, 18) ^ a >> 3)
               + (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
    }
    memcpy(s, state, sizeof s);
    for (int t = 0; t < 64; t++) {
        uint32_t one = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) + sha_constants[t] + w[t]
                       + ((s[4] & s[5]) ^ (~s[4] & s[6]));
        uint32_t two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22))
                       + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one, s[0] = one + two;
    }
    for (int t = 0; t < 8; t++) state[t] += s[t];
}

static void sha_add(Sha *sha, const void *bytes, size_t length) {
    const uint8_t *p = bytes;
    for (size_t part; length; sha->length += part, p += part, length -= part) {
        size_t used = sha->length % 64;
        part = 64 - used < length ? 64 - used : length;
        if (part < 64) memcpy(sha->block + used, p, part);
        if (used + part == 64) sha_block(sha->state, part < 64 ? sha->block : p);
    }
}

static void sha_end(Sha *sha, char hex[65]) {
    uint64_t bits = sha->length * 8;
    uint8_t end[72] = {0x80}, *length = end + 1 + (119 - sha->length % 64) % 64;
    for (int t = 0; t < 8; t++) length[t] = (uint8_t)(bits >> (56 - 8 * t));
    sha_add(sha, end, (size_t)(length - end) + 8);
    for (int t = 0; t < 8; t++) sprintf(hex + 8 * t, "%08" PRIx32, sha->state[t]);
}

/* ---- zip files (PKWARE APPNOTE) whose entries are stored ---- */

typedef struct { char name[64]; const uint8_t *data; size_t size; } Entry;
typedef struct { Entry *entries; int count; } Zip;

static uint32_t crc32(const uint8_t *p, size_t length) {
    static uint32_t table[256];
    for (uint32_t n = 0; n < 256 && !table[255]; n++) {
        for (int k = 0; k < 8; k++) table[n] = (k ? table[n] : n) >> 1 ^ ((k ? table[n] : n) & 1 ? 0xedb88320u : 0);
    }
    uint32_t crc = UINT32_MAX;
    while (length--) crc = crc >> 8 ^ table[(crc ^ *p++) & 255];
    return ~crc;
}

static Entry read_entry(const uint8_t *bytes, uint64_t end, const uint8_t *p) { /* p: what the list says of it */
    Entry entry = {.name = ""};
    uint64_t packed = little(p + 20, 4), full = little(p + 24, 4), offset = little(p + 42, 4), used = 0;
    uint64_t name = little(p + 28, 2), extra = little(p + 30, 2), *values[3] = {&full, &packed, &offset};
    if (name < sizeof entry.name) memcpy(entry.name, p + 46, name); /* longer names are of no array that we know */
    REQUIRE(name >= sizeof entry.name || strlen(entry.name) == name, "has an entry whose name is not text");
    for (uint64_t field, e = 0; e + 4 <= extra; e += 4 + field) { /* zip64: sizes in this order, where needed */
        const uint8_t *x = p + 46 + name + e;
        REQUIRE(e + 4 + (field = little(x + 2, 2)) <= extra, "has a damaged entry");
        for (int v = 0; v < 3 && little(x, 2) == 1; v++) {
            if (*values[v] == UINT32_MAX && used + 8 <= field) *values[v] = little(x + 4 + used, 8), used += 8;
        }
    }
    REQUIRE(offset < end && end - offset >= 30 && little(bytes + offset, 4) == 0x04034b50, "has a damaged entry");
    uint64_t begin = offset + 30 + little(bytes + offset + 26, 2) + little(bytes + offset + 28, 2);
    REQUIRE(begin <= end && packed <= end - begin, "has an entry that does not end");
    REQUIRE(!(little(p + 8, 2) & 1) && !little(p + 10, 2) && full == packed, "has a packed entry: store it instead");
    entry.data = bytes + begin, entry.size = (size_t)full;
    REQUIRE(crc32(entry.data, entry.size) == little(p + 16, 4), "is damaged: entry %s", entry.name);
    return entry;
}

static Zip read_zip(const char *path) {
    FILE *file = fopen(path, "rb");
    long length = -1;
    REQUIRE(file, "cannot be opened");
    if (!fseek(file, 0, SEEK_END)) length = ftell(file);
    REQUIRE(length >= 22 && length < LONG_MAX / 4, "is no zip file: it is too short or cannot be read");
    size_t size = (size_t)length, at = size - 22;
    uint8_t *bytes = NEW(uint8_t, size);
    REQUIRE(!fseek(file, 0, SEEK_SET) && fread(bytes, 1, size, file) == size, "cannot be read");
    fclose(file);
    for (; little(bytes + at, 4) != 0x06054b50 || at + 22 + little(bytes + at + 20, 2) != size; at--) {
        REQUIRE(at > 0 && size - at < 66000, "is no zip file: it has no end record");
    }
    uint64_t count = little(bytes + at + 10, 2), list = little(bytes + at + 16, 4);
    if (at >= 20 && little(bytes + at - 20, 4) == 0x07064b50) { /* zip64 */
        uint64_t end = little(bytes + at - 12, 8);
        REQUIRE(at >= 76 && end <= at - 76 && little(bytes + end, 4) == 0x06064b50, "has a damaged zip64 end");
        count = little(bytes + end + 32, 8), list = little(bytes + end + 48, 8);
    }
    REQUIRE(count <= 10000 && list <= at, "has a damaged list of entries");
    Zip zip = {NEW(Entry, count), (int)count};
    for (int t = 0; t < zip.count; t++) {
        const uint8_t *p = bytes + list;
        REQUIRE(at - list >= 46 && little(p, 4) == 0x02014b50, "has a damaged list of entries");
        uint64_t next = 46 + little(p + 28, 2) + little(p + 30, 2) + little(p + 32, 2);
        REQUIRE(at - list >= next, "has a damaged list of entries");
        zip.entries[t] = read_entry(bytes, at, p);
        for (int other = 0; other < t; other++) {
            REQUIRE(!*zip.entries[t].name || strcmp(zip.entries[other].name, zip.entries[t].name),
                "has an entry twice");
        }
        list += next;
    }
    return zip;
}

/* ---- NPY arrays ---- */

typedef struct { char name[64], type; int dimensions; int64_t shape[2], count; const uint8_t *data; } Array;

static Array *arrays;
static int array_count, arrays_used;
static char arrays_digest[65];

static const char *field(const char *header, const char *key) {
    const char *found = strstr(header, key);
    REQUIRE(found && !strstr(found + 1, key), "an array's header has %s not once", key);
    return found + strlen(key);
}

static Array parse_array(const Entry *entry) {
    Array array = {.count = 1};
    char header[1024] = "";
    const uint8_t *p = entry->data;
    strcpy(array.name, entry->name);
    array.name[strlen(array.name) - 4] = 0; /* .npy */
    REQUIRE(entry->size >= 12 && !memcmp(p, "\x93NUMPY", 6) && p[6] >= 1 && p[6] <= 3, "%s is no array", array.name);
    size_t width = p[6] == 1 ? 2 : 4, length = (size_t)little(p + 8, (int)width), begin = 8 + width + length;
    REQUIRE(length < sizeof header && begin <= entry->size, "%s has a header that is too long", array.name);
    memcpy(header, p + 8 + width, length);
    const char *type = field(header, "'descr': '"), *shape = field(header, "'shape': (");
    REQUIRE(!strncmp(type, "<f4'", 4) || !strncmp(type, "<i4'", 4), "%s is neither float32 nor int32", array.name);
    REQUIRE(!strncmp(field(header, "'fortran_order': "), "False", 5), "%s is not in C order", array.name);
    for (array.type = type[1]; *shape != ')'; shape += strspn(shape, ", ")) {
        char *end = NULL;
        long long size = *shape >= '0' && *shape <= '9' ? strtoll(shape, &end, 10) : -1;
        REQUIRE(size >= 0 && size <= INT32_MAX && array.dimensions < 2, "%s has no usable shape", array.name);
        array.shape[array.dimensions++] = size, array.count *= size, shape = end;
    }
    REQUIRE((uint64_t)array.count * 4 == entry->size - begin, "%s has another size than its shape says", array.name);
    array.data = p + begin;
    return array;
}

static int by_name(const void *a, const void *b) { return strcmp(((const Array *)a)->name, ((const Array *)b)->name); }

static void read_arrays(const char *path) {
    static const char *const ours[] = {"layers.", "encoder.", "decoder.", "gates.", "domain."};
    Zip zip = read_zip(path);
    arrays = NEW(Array, zip.count);
    for (int t = 0; t < zip.count; t++) {
        for (int p = 0; p < 5; p++) {
            const char *name = zip.entries[t].name, *end = strstr(name, ".npy");
            if (strncmp(name, ours[p], strlen(ours[p]))) continue; /* names, metadata */
            REQUIRE(end && !end[4], "has an entry %s that is no array", name);
            arrays[array_count++] = parse_array(&zip.entries[t]);
        }
    }
    qsort(arrays, (size_t)array_count, sizeof *arrays, by_name);
    Sha sha;
    sha_begin(&sha);
    for (int t = 0; t < array_count; t++) {
        char line[160];
        int at = sprintf(line, "%s <%c4 ", arrays[t].name, arrays[t].type);
        for (int d = 0; d < arrays[t].dimensions; d++) at += sprintf(line + at, d ? ",%" PRId64 : "%" PRId64,
            arrays[t].shape[d]);
        line[at++] = '\n';
        sha_add(&sha, line, (size_t)at);
        sha_add(&sha, arrays[t].data, (size_t)arrays[t].count * 4);
    }
    sha_end(&sha, arrays_digest);
}

static const Array *find(const char *name) {
    for (int t = 0; t < array_count; t++) if (!strcmp(arrays[t].name, name)) return &arrays[t];
    return NULL;
}

static const Array *need(const char *name, char type, int dimensions) {
    const Array *array = find(name);
    REQUIRE(array, "there is no array %s", name);
    REQUIRE(array->type == type && array->dimensions == dimensions, "%s has another type or shape than it should",
        name);
    arrays_used++;
    return array;
}

static float float_at(const Array *array, int64_t index) {
    uint32_t bits = (uint32_t)little(array->data + 4 * index, 4);
    float value;
    memcpy(&value, &bits, 4);
    REQUIRE(isfinite(value), "%s has values that are not finite", array->name);
    return value;
}

static int *ints(const Array *array) {
    int *values = NEW(int, array->count);
    for (int64_t t = 0; t < array->count; t++) values[t] = (int)(uint32_t)little(array->data + 4 * t, 4);
    return values;
}

static int scalar(const char *name, int otherwise) { return find(name) ? *ints(need(name, 'i', 0)) : otherwise; }

/* ---- the network, each layer in whole units of 2^-fraction ---- */

typedef struct {
    int rows, columns, fraction;
    bool diagonal, relu;
    int32_t *weight, *bias;   /* weight by columns, [columns][rows]; or the diagonal */
    int32_t *low, *high;      /* of the state behind the layer, over the whole domain */
    int32_t *rest_sum, *rest; /* before and behind ReLU while nothing is active */
    int32_t largest, gap;     /* largest absolute weight; what sums have to gain before any entry can change */
} Layer;

typedef struct {
    int outputs, *start, *reads, *function, *kind, **data, *reader_start, *reader; /* readers by what they read */
    int64_t *idle, *step; /* what each gate adds up while nothing is active, and what each of its reads adds */
    bool *idle_on;
} Gates;

static int features, outputs, most, fewest, layer_count, gate_layers, decoder_kind, in_width, out_width, threads;
static int *codes, *out_codes, *group; /* group: NULL, or below the number of features */
static int64_t *on_from, *off_to;
static Layer layers[256];
static Gates gates[64], *last_gates;

static int fraction_bits(float value) { /* how many binary places a number has; negative for multiples of 2 */
    int exponent, bits = 24;
    if (value == 1 || value == -1) return 0;
    for (int32_t whole = (int32_t)ldexpf(frexpf(fabsf(value), &exponent), 24); value != 0 && !(whole & 1);
        whole >>= 1) bits--;
    return value == 0 ? -200 : bits - exponent;
}

static int32_t in_units(double value, int fraction) {
    double units = ldexp(value, fraction);
    if (fabs(units) > EXACT) stop(3, "float32 is not exact on the network: %g is %.0f units", value, units);
    return (int32_t)units;
}

static int *read_codes(const char *name, int neurons, int *count, int *width) {
    const Array *array = need(name, 'i', 2);
    REQUIRE(array->shape[0] > 0 && array->shape[1] > 0, "%s is empty", name);
    *count = (int)array->shape[0], *width = (int)array->shape[1];
    int *members = ints(array), *seen = NEW(int, neurons);
    for (int j = 0; j < *count; j++) {
        int used = 0, *code = members + (int64_t)j * *width;
        for (int t = 0; t < *width; t++) {
            int c = code[t];
            REQUIRE(c >= -1 && c < neurons, "%s names neuron %d of %d", name, c, neurons);
            REQUIRE(c < 0 || seen[c] != j + 1, "%s has neuron %d twice in one code", name, c);
            if (c >= 0) seen[c] = j + 1, code[used++] = c; /* used neurons first */
        }
        REQUIRE(used > 0, "%s has an empty code", name);
        while (used < *width) code[used++] = -1;
    }
    free(seen);
    return members;
}

static void read_layer(int t, const Array *bias) {
    char name[64];
    Layer *l = &layers[t];
    snprintf(name, sizeof name, "layers.%d.skip", t);
    if (find(name)) stop(3, "layer %d adds an earlier state, which this checker does not know", t);
    snprintf(name, sizeof name, "layers.%d.activation", t);
    int activation = scalar(name, 0), before = t ? layers[t - 1].fraction : 0;
    REQUIRE(activation == 0 || activation == 1, "%s is neither 0 nor 1", name);
    snprintf(name, sizeof name, "layers.%d.diagonal", t);
    l->relu = !activation, l->diagonal = find(name), l->fraction = before;
    if (!l->diagonal) snprintf(name, sizeof name, "layers.%d.weight", t);
    const Array *weight = need(name, 'f', l->diagonal ? 1 : 2);
    l->rows = (int)weight->shape[0], l->columns = (int)weight->shape[l->diagonal ? 0 : 1];
    REQUIRE(bias->shape[0] == l->rows && l->rows > 0 && l->columns > 0 && (!t || l->columns == layers[t - 1].rows),
            "the shapes of layer %d do not fit", t);
    for (int64_t i = 0; i < weight->count + bias->count; i++) {
        bool is_bias = i < bias->count;
        int own = fraction_bits(float_at(is_bias ? bias : weight, is_bias ? i : i - bias->count));
        if (!is_bias) own += before;
        if (own > l->fraction) l->fraction = own;
    }
    if (abs(l->fraction) > 100) stop(3, "layer %d has numbers too small for whole units", t);
    l->bias = NEW(int32_t, l->rows), l->weight = NEW(int32_t, weight->count);
    for (int i = 0; i < l->rows; i++) l->bias[i] = in_units(float_at(bias, i), l->fraction);
    for (int64_t r0 = 0; r0 < l->rows; r0 += 16) { /* in strips, for the cache */
        for (int64_t c = 0; c < (l->diagonal ? 1 : l->columns); c++) {
            for (int64_t r = r0; r < r0 + 16 && r < l->rows; r++) {
                int32_t value = in_units(float_at(weight, l->diagonal ? r : r * l->columns + c), l->fraction - before);
                l->weight[l->diagonal ? r : c * l->rows + r] = value;
                if (abs(value) > l->largest) l->largest = abs(value);
            }
        }
    }
}

static void bound_layer(Layer *l, const int32_t *low, const int32_t *high, const int32_t *rest) {
    double *least = NEW(double, l->rows), *greatest = NEW(double, l->rows), *size = NEW(double, l->rows);
    l->low = NEW(int32_t, l->rows), l->high = NEW(int32_t, l->rows);
    l->rest_sum = NEW(int32_t, l->rows), l->rest = NEW(int32_t, l->rows), l->gap = INT32_MAX;
    double *still = NEW(double, l->rows);
    for (int c = 0; c < l->columns; c++) {
        for (int r = l->diagonal ? c : 0; r < (l->diagonal ? c + 1 : l->rows); r++) {
            double w = l->weight[l->diagonal ? r : (int64_t)c * l->rows + r], a = w * low[c], b = w * high[c];
            least[r] += fmin(a, b), greatest[r] += fmax(a, b), size[r] += fmax(fabs(a), fabs(b));
            still[r] += rest ? w * rest[c] : 0;
        }
    }
    for (int r = 0; r < l->rows; r++) {
        size[r] += abs(l->bias[r]);
        if (size[r] > EXACT) stop(3, "float32 is not exact on the network: sums of row %d may reach %.0f units", r,
            size[r]);
        l->low[r] = (int32_t)fmax(least[r] + l->bias[r], l->relu ? 0 : -EXACT);
        l->high[r] = (int32_t)fmax(greatest[r] + l->bias[r], l->relu ? 0 : -EXACT);
        l->rest_sum[r] = (int32_t)still[r] + l->bias[r];
        l->rest[r] = l->relu && l->rest_sum[r] < 0 ? 0 : l->rest_sum[r];
        if (l->rest_sum[r] > 0 || !l->relu) l->gap = -1;
        if (-l->rest_sum[r] < l->gap) l->gap = -l->rest_sum[r];
    }
    free(least), free(greatest), free(size), free(still);
}

static bool gate_on(const Gates *g, int i, int64_t sum) {
    int f = g->function[i], *data = g->data[f];
    switch (g->kind[f]) {
        case 0: case 5: return sum == g->start[i + 1] - g->start[i]; /* AND, of literals too */
        case 1: return sum & 1;
        case 2: case 4: return sum >= data[0]; /* at least, weighted */
        case 3: return sum == data[0];
        case 6: return sum > 0; /* OR of literals */
        default: return (uint32_t)data[1 + sum / 32] >> sum % 32 & 1; /* truth table */
    }
}

static int64_t read_step(const Gates *g, int i, int t) { /* what the read at a position adds while it is active */
    int kind = g->kind[g->function[i]], *own = g->data[g->function[i]];
    return kind < 4 ? 1 : kind == 4 ? own[1 + t] : kind < 7 ? own[t] : INT64_C(1) << t;
}

static void read_gates(Gates *g, const char *prefix, int read) {
    static const char *const parts[] = {"offsets", "inputs", "functions", "function_offsets", "function_data"};
    const Array *a[5];
    char name[64];
    for (int t = 0; t < 5; t++) snprintf(name, sizeof name, "%s%s", prefix, parts[t]), a[t] = need(name, 'i', 1);
    int *starts = ints(a[3]), functions = (int)a[3]->count - 1, *data = ints(a[4]);
    g->start = ints(a[0]), g->reads = ints(a[1]), g->function = ints(a[2]), g->outputs = (int)a[0]->count - 1;
    bool sound = g->outputs > 0 && g->start[0] == 0 && g->start[g->outputs] == a[1]->count && a[2]->count == g->outputs;
    sound = sound && functions > 0 && starts[0] == 0 && starts[functions] == a[4]->count;
    for (int i = 0; sound && i < g->outputs; i++) sound = g->start[i] <= g->start[i + 1];
    for (int f = 0; sound && f < functions; f++) sound = starts[f] < starts[f + 1];
    REQUIRE(sound, "the offsets of %s are not sound", prefix);
    g->kind = NEW(int, functions), g->data = NEW(int *, functions);
    for (int f = 0; f < functions; f++) {
        g->kind[f] = data[starts[f]], g->data[f] = data + starts[f] + 1;
        REQUIRE(g->kind[f] >= 0 && g->kind[f] < 8, "%sfunction_data has kind %d", prefix, g->kind[f]);
    }
    g->idle = NEW(int64_t, g->outputs), g->idle_on = NEW(bool, g->outputs);
    g->reader_start = NEW(int, read + 2), g->reader = NEW(int, a[1]->count), g->step = NEW(int64_t, a[1]->count);
    for (int64_t t = 0; t < a[1]->count; t++) {
        REQUIRE(g->reads[t] >= 0 && g->reads[t] < read, "%sinputs names feature %d of %d", prefix, g->reads[t], read);
        g->reader_start[g->reads[t] + 2]++;
    }
    for (int j = 0; j < read; j++) g->reader_start[j + 2] += g->reader_start[j + 1];
    for (int i = 0; i < g->outputs; i++) {
        int f = g->function[i], reads = g->start[i + 1] - g->start[i];
        REQUIRE(f >= 0 && f < functions, "%sfunctions is not sound", prefix);
        int kind = g->kind[f], size = starts[f + 1] - starts[f] - 1, *own = g->data[f];
        sound = kind < 2 ? size == 0 && reads > 0 : kind < 4 ? size == 1 && reads > 0 && own[0] >= (kind == 2)
              : kind == 4 ? size > 1 && reads == size - 1 : kind < 7 ? size > 0 && reads == size
              : size > 1 && own[0] == reads && reads <= 16 && size == 1 + ((1 << reads) + 31) / 32;
        for (int t = 0; t < size && (kind == 5 || kind == 6); t++) sound &= own[t] == 1 || own[t] == -1;
        REQUIRE(sound, "%sfunction_data: gate %d cannot be computed", prefix, i);
        for (int t = 0; t < reads; t++) {
            int at = g->reader_start[g->reads[g->start[i] + t] + 1]++;
            g->reader[at] = i, g->step[at] = read_step(g, i, t);
            g->idle[i] += (kind == 5 || kind == 6) && own[t] < 0;
        }
        g->idle_on[i] = gate_on(g, i, g->idle[i]);
    }
}

static int by_int(const void *a, const void *b) {
    int first = *(const int *)a, second = *(const int *)b;
    return (first > second) - (first < second);
}

static void read_groups(void) { /* numbered by where they are among all in order */
    const Array *array = need("domain.groups", 'i', 1);
    REQUIRE(array->count == features, "domain.groups has another length than the codes");
    int *sorted = ints(array);
    group = ints(array);
    qsort(sorted, (size_t)features, sizeof(int), by_int);
    for (int j = 0; j < features; j++) {
        int low = 0;
        for (int high = features, middle; low < high;) {
            if (sorted[middle = (low + high) / 2] < group[j]) low = middle + 1; else high = middle;
        }
        group[j] = low;
    }
    free(sorted);
}

static void read_decoder(const Layer *last) {
    const Array *on = need("decoder.threshold", 'f', 1), *off = on;
    if (find("decoder.off_threshold")) off = need("decoder.off_threshold", 'f', 1);
    REQUIRE(on->count == outputs && off->count == outputs, "decoder.threshold has another length than decoder.codes");
    REQUIRE(decoder_kind == 2 || off == on, "only a read-out has two thresholds");
    on_from = NEW(int64_t, outputs), off_to = NEW(int64_t, outputs);
    for (int i = 0; i < outputs; i++) {
        double size = 0, from = float_at(on, i), to = float_at(off, i);
        int *code = out_codes + (int64_t)i * out_width;
        REQUIRE(to <= from, "the off-threshold of output %d is above the other", i);
        REQUIRE(decoder_kind != 2 || (out_width == 1 && *code == i && outputs == last->rows), "a read-out has codes");
        for (int t = 0; t < out_width && code[t] >= 0; t++) size += fmax(abs(last->low[code[t]]),
            abs(last->high[code[t]]));
        if (size > EXACT) stop(3, "float32 is not exact on the code of output %d", i);
        on_from[i] = (int64_t)fmax(fmin(ceil(ldexp(from, last->fraction)), 1e12), -1e12);
        off_to[i] = to == from ? on_from[i] - 1 : (int64_t)fmax(fmin(floor(ldexp(to, last->fraction)), 1e12), -1e12);
    }
}

static void read_network(void) {
    char name[64];
    for (; layer_count < 256; layer_count++) {
        snprintf(name, sizeof name, "layers.%d.bias", layer_count);
        if (!find(name)) break;
        read_layer(layer_count, need(name, 'f', 1));
    }
    REQUIRE(layer_count > 0 && find("decoder.kind") && find("domain.max_active"), "has no layers, decoder or domain");
    codes = read_codes("encoder.codes", layers[0].columns, &features, &in_width);
    out_codes = read_codes("decoder.codes", layers[layer_count - 1].rows, &outputs, &out_width);
    decoder_kind = scalar("decoder.kind", 0), most = scalar("domain.max_active", 0),
        fewest = scalar("domain.min_active", 0);
    REQUIRE(decoder_kind >= 0 && decoder_kind < 3, "decoder.kind %d is not 0, 1 or 2", decoder_kind);
    REQUIRE(most >= 1 && most <= features && most <= 1024, "domain.max_active %d is not in 1..%d", most, features);
    REQUIRE(fewest >= 0 && fewest <= most, "domain.min_active %d is not in 0..%d", fewest, most);
    if (find("domain.groups")) read_groups();
    int32_t *low = NEW(int32_t, layers[0].columns), *high = NEW(int32_t, layers[0].columns);
    for (int64_t t = 0; t < (int64_t)features * in_width; t++) {
        if (codes[t] >= 0 && high[codes[t]] < most) high[codes[t]]++;
    }
    bound_layer(&layers[0], low, high, NULL);
    for (int t = 1; t < layer_count; t++) bound_layer(&layers[t], layers[t - 1].low, layers[t - 1].high,
        layers[t - 1].rest);
    read_decoder(&layers[layer_count - 1]);
    bool single = find("gates.offsets");
    for (int read = features; gate_layers < (single ? 1 : 64); read = gates[gate_layers++].outputs) {
        snprintf(name, sizeof name, "gates.%d.offsets", gate_layers);
        if (!single && !find(name)) break;
        snprintf(name, sizeof name, single ? "gates." : "gates.%d.", gate_layers);
        read_gates(&gates[gate_layers], name, read);
    }
    last_gates = &gates[gate_layers ? gate_layers - 1 : 0];
    REQUIRE(gate_layers > 0 && last_gates->outputs == outputs,
        "the gates have another number of outputs than the decoder");
    REQUIRE(arrays_used == array_count, "there are arrays that no network of this format has");
}

/* ---- what a proof counts for each lowest active feature (or each output, in the additive method) ---- */

typedef struct { uint64_t inputs, changes, digest, looked, pruned, pruned_inputs, pruned_digest; } Tally;
static Tally *tally;
static int unit_count, next_unit, wrong_unit = INT32_MAX;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char wrong_text[32768];

static uint64_t mix(uint64_t x) {
    x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
    x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return x ^ x >> 32;
}

static uint64_t set_digest(const int *set, int size) {
    uint64_t digest = 0;
    for (int t = 0; t < size; t++) digest = mix(digest + (uint64_t)set[t] + 1);
    return digest;
}

static void wrong_input(int unit, const int *set, int size, int output, bool should_be_on) {
    pthread_mutex_lock(&lock);
    if (unit < wrong_unit) {
        int at = sprintf(wrong_text, "WRONG: input [");
        for (int t = 0; t < size; t++) at += sprintf(wrong_text + at, t ? ", %d" : "%d", set[t]);
        sprintf(wrong_text + at, "], output %d should be %s", output, should_be_on ? "on" : "off");
        wrong_unit = unit;
    }
    pthread_mutex_unlock(&lock);
}

static int take_unit(void) { /* none behind a wrong one, so that the first in order is found; -1 at the end */
    pthread_mutex_lock(&lock);
    int unit = next_unit < unit_count && next_unit < wrong_unit ? next_unit++ : -1;
    pthread_mutex_unlock(&lock);
    return unit;
}

static void run_threads(void *(*work)(void *), int units) {
    pthread_t *ids = NEW(pthread_t, threads);
    tally = NEW(Tally, units), unit_count = units;
    for (int t = 1; t < threads; t++) if (pthread_create(&ids[t], NULL, work, NULL)) stop(3, "threads cannot be made");
    work(NULL);
    for (int t = 1; t < threads; t++) pthread_join(ids[t], NULL);
    free(ids);
}

/* ---- method 1: every input, one by one; only what differs from the empty input is computed ---- */

static int32_t *columns;             /* [features][rows]: what each feature adds to the first layer */
static int *row_start, *row_outputs; /* the outputs that read each neuron of the last layer */
static bool *rest_wrong;             /* outputs that are wrong where nothing is active */
static int rest_wrong_count;
static int needed;                   /* rows of the first layer without which the second one is silent */
static int32_t *most_added;          /* to each of them by any feature; NULL where no prefixes are left out */

static void make_columns(void) {
    Layer *l = &layers[0];
    if ((double)features * l->rows > 1.5e9) stop(3, "%d features and %d neurons are too many to enumerate", features,
        l->rows);
    columns = NEW(int32_t, (int64_t)features * l->rows);
    for (int64_t k = 0; k < (int64_t)features * in_width; k++) {
        int32_t *column = columns + k / in_width * l->rows, c = codes[k];
        if (c >= 0 && l->diagonal) column[c] += l->weight[c];
        for (int r = 0; r < l->rows && c >= 0 && !l->diagonal; r++) column[r] += l->weight[(int64_t)c * l->rows + r];
    }
}

static int state_of(int i, const int32_t *last) { /* 1 on, 0 off, 2 between */
    const int *code = out_codes + (int64_t)i * out_width;
    int64_t value = decoder_kind == 1 ? INT64_MAX : 0;
    for (int t = 0; t < out_width && code[t] >= 0; t++) {
        int32_t y = last[code[t]];
        value = decoder_kind != 1 ? value + y : y < value ? y : value;
    }
    return value >= on_from[i] ? 1 : value <= off_to[i] ? 0 : 2;
}

typedef struct {
    int32_t **sums, *work;           /* of the first layer, by the number of active features; of any layer */
    int32_t *state[257];             /* state[t] lies behind layer t - 1, and equals rest between inputs */
    int *changed[257], changes[257]; /* where it differs from rest */
    int64_t *sum[64];                /* of gates */
    int *touched, *flips[2], *mark[64], *stamp, now, set[1025], unit;
    int left_out; /* the size of the prefix that a proof leaves out with all that begins with it, or 0 */
    Tally own;
} Walk;

static Walk *new_walk(void) {
    Walk *w = NEW(Walk, 1);
    int widest = 0, largest = features;
    w->sums = NEW(int32_t *, most + 1);
    for (int d = 0; d <= most; d++) w->sums[d] = NEW(int32_t, layers[0].rows);
    memcpy(w->sums[0], layers[0].bias, sizeof(int32_t) * (size_t)layers[0].rows);
    for (int t = 0; t < layer_count; t++) {
        w->state[t + 1] = NEW(int32_t, layers[t].rows), w->changed[t + 1] = NEW(int, layers[t].rows);
        memcpy(w->state[t + 1], layers[t].rest, sizeof(int32_t) * (size_t)layers[t].rows);
        if (layers[t].rows > widest) widest = layers[t].rows;
    }
    for (int g = 0; g < gate_layers; g++) {
        w->sum[g] = NEW(int64_t, gates[g].outputs), w->mark[g] = NEW(int, gates[g].outputs);
        memcpy(w->sum[g], gates[g].idle, sizeof(int64_t) * (size_t)gates[g].outputs);
        if (gates[g].outputs > largest) largest = gates[g].outputs;
    }
    w->work = NEW(int32_t, widest), w->touched = NEW(int, largest), w->stamp = NEW(int, outputs);
    w->flips[0] = NEW(int, largest), w->flips[1] = NEW(int, largest);
    return w;
}

static int flipped_outputs(Walk *w, int size, int **flips) { /* those that gates have otherwise than at rest */
    int count = size, from = 0;
    memcpy(w->flips[0], w->set, sizeof(int) * (size_t)size);
    w->now++;
    for (int layer = 0; layer < gate_layers; layer++, from ^= 1) {
        Gates *g = &gates[layer];
        int touched = 0, found = 0;
        for (int t = 0; t < count; t++) {
            int j = w->flips[from][t], sign = layer && gates[layer - 1].idle_on[j] ? -1 : 1;
            for (int at = g->reader_start[j]; at < g->reader_start[j + 1]; at++) {
                int i = g->reader[at];
                if (w->mark[layer][i] != w->now) w->mark[layer][i] = w->now, w->touched[touched++] = i;
                w->sum[layer][i] += sign * g->step[at];
            }
        }
        for (int t = 0; t < touched; t++) {
            int i = w->touched[t];
            if (gate_on(g, i, w->sum[layer][i]) != g->idle_on[i]) w->flips[from ^ 1][found++] = i;
            w->sum[layer][i] = g->idle[i];
        }
        count = found;
    }
    *flips = w->flips[from];
    return count;
}

static void finish_layer(Walk *w, int t, const int32_t *sums) { /* sets the state where it changes */
    Layer *l = &layers[t];
    int *changed = w->changed[t + 1], count = 0;
    int32_t least = l->relu ? 0 : INT32_MIN;
    for (int r0 = 0; r0 < l->rows; r0 += 32) {
        int end = r0 + 32 < l->rows ? r0 + 32 : l->rows, any = 0;
        for (int r = r0; r < end; r++) any |= (sums[r] < least ? least : sums[r]) ^ l->rest[r];
        for (int r = r0; any && r < end; r++) {
            int32_t y = sums[r] < least ? least : sums[r];
            if (y != l->rest[r]) w->state[t + 1][r] = y, changed[count++] = r;
        }
    }
    w->changes[t + 1] = count;
}

static void propagate(Walk *w, int t) {
    Layer *l = &layers[t];
    int32_t *before = w->state[t], *rest = layers[t - 1].rest;
    int64_t size = 0;
    for (int k = 0; k < w->changes[t]; k++) size += abs(before[w->changed[t][k]] - rest[w->changed[t][k]]);
    w->changes[t + 1] = 0;
    if (size * l->largest <= l->gap) return; /* all sums stay at or below 0, or do not change */
    memcpy(w->work, l->rest_sum, sizeof(int32_t) * (size_t)l->rows);
    for (int k = 0; k < w->changes[t]; k++) {
        int c = w->changed[t][k];
        int32_t by = before[c] - rest[c], *column = l->weight + (int64_t)c * l->rows;
        if (l->diagonal) w->work[c] += by * l->weight[c];
        for (int r = 0; r < l->rows && !l->diagonal; r++) w->work[r] += by * column[r];
    }
    finish_layer(w, t, w->work);
}

static void judge(Walk *w, int size, int i, bool truth, int *mended) {
    w->stamp[i] = w->now, *mended += rest_wrong[i];
    if (state_of(i, w->state[layer_count]) != truth) wrong_input(w->unit, w->set, size, i, truth);
}

static void look(Walk *w, int size) { /* at the input of the first features of w->set */
    finish_layer(w, 0, w->sums[size]);
    for (int t = 1; t < layer_count; t++) propagate(w, t);
    int *flip, flips = flipped_outputs(w, size, &flip), mended = 0;
    uint64_t digest = flips ? set_digest(w->set, size) : 0;
    for (int k = 0; k < flips; k++) {
        w->own.digest += mix(digest + (uint64_t)flip[k] + 1);
        judge(w, size, flip[k], !last_gates->idle_on[flip[k]], &mended);
    }
    for (int k = 0; k < w->changes[layer_count]; k++) {
        for (int at = row_start[w->changed[layer_count][k]]; at < row_start[w->changed[layer_count][k] + 1]; at++) {
            int i = row_outputs[at];
            if (w->stamp[i] != w->now) judge(w, size, i, last_gates->idle_on[i], &mended);
        }
    }
    for (int i = 0; mended < rest_wrong_count && i < outputs; i++) { /* wrong at rest, and touched by nothing */
        if (rest_wrong[i] && w->stamp[i] != w->now) judge(w, size, i, last_gates->idle_on[i], &mended);
    }
    w->own.inputs++, w->own.looked += !w->left_out, w->own.pruned_inputs += w->left_out > 0;
    w->own.changes += (uint64_t)flips;
    for (int t = 1; t <= layer_count; t++) {
        for (int k = 0; k < w->changes[t]; k++) w->state[t][w->changed[t][k]] = layers[t - 1].rest[w->changed[t][k]];
    }
}

static void visit(Walk *w, int size, int feature) {
    int32_t *from = w->sums[size], *to = w->sums[size + 1], *column = columns + (int64_t)feature * layers[0].rows;
    for (int r = 0; r < layers[0].rows; r++) to[r] = from[r] + column[r];
    w->set[size++] = feature;
    if (most_added && !w->left_out && size < most) { /* here the inputs of such a prefix are looked at all the same */
        int rows = 0;
        for (int r = 0; r < layers[0].rows; r++) rows += to[r] + (most - size) * most_added[r] > 0;
        if (rows < needed) {
            w->left_out = size, w->own.pruned++;
            w->own.pruned_digest += mix(set_digest(w->set, size) + (uint64_t)rows);
        }
    }
    if (size >= fewest) look(w, size);
    for (int next = feature + 1; size < most && next < features; next++) {
        bool allowed = wrong_unit > w->unit;
        for (int t = 0; group && t < size; t++) allowed &= group[w->set[t]] != group[next];
        if (allowed) visit(w, size, next);
    }
    if (w->left_out == size) w->left_out = 0;
}

static void find_bounds(void) { /* for the prefixes that proofs leave out; docs/proofs.md has the rule */
    Layer *first = &layers[0], *second = &layers[1];
    bool applies = layer_count == 2 && !group && gate_layers == 1 && !fewest && most > 1 && decoder_kind != 2
        && first->relu
        && second->relu && !first->diagonal && !second->diagonal && (int64_t)features * first->rows <= INT64_C(1) << 28;
    for (int r = 0; applies && r < first->rows; r++) applies = first->bias[r] <= 0;
    for (int r = 0; applies && r < second->rows; r++) applies = second->bias[r] <= 0;
    for (int i = 0; applies && i < outputs; i++) applies = gates[0].kind[gates[0].function[i]] == 0;
    if (!applies) return;
    most_added = NEW(int32_t, first->rows);
    for (int64_t k = 0; k < (int64_t)features * first->rows; k++) {
        if (columns[k] > most_added[k % first->rows]) most_added[k % first->rows] = columns[k];
    }
    int64_t largest = 0, gap = EXACT;
    for (int64_t k = 0; k < (int64_t)first->rows * second->rows; k++) {
        int64_t e = k / second->rows, value = first->bias[e] + (int64_t)most * most_added[e];
        if (value > 0 && second->weight[k] * value > largest) largest = second->weight[k] * value;
    }
    for (int r = 0; r < second->rows; r++) if (-second->bias[r] < gap) gap = -second->bias[r];
    needed = largest ? (int)(gap / largest) + 1 : INT32_MAX;
}

static void *enumerate(void *unused) {
    Walk *w = new_walk();
    (void)unused;
    while ((w->unit = take_unit()) >= 0) {
        w->own = (Tally){0};
        visit(w, 0, w->unit);
        tally[w->unit] = w->own;
    }
    return NULL;
}

static void check_by_enumeration(void) {
    Layer *last = &layers[layer_count - 1];
    int64_t members = (int64_t)outputs * out_width;
    make_columns();
    find_bounds();
    row_start = NEW(int, last->rows + 2), row_outputs = NEW(int, members), rest_wrong = NEW(bool, outputs);
    for (int64_t t = 0; t < members; t++) if (out_codes[t] >= 0) row_start[out_codes[t] + 2]++;
    for (int r = 0; r < last->rows; r++) row_start[r + 2] += row_start[r + 1];
    for (int64_t t = 0; t < members; t++) {
        if (out_codes[t] >= 0) row_outputs[row_start[out_codes[t] + 1]++] = (int)(t / out_width);
    }
    for (int i = 0; i < outputs; i++) {
        rest_wrong[i] = state_of(i, last->rest) != last_gates->idle_on[i];
        rest_wrong_count += rest_wrong[i];
        if (rest_wrong[i] && !fewest) wrong_input(-1, NULL, 0, i, last_gates->idle_on[i]);
    }
    run_threads(enumerate, features);
}

/* ---- method 2: pairs, for clipped channels ---- */

static int *rows_of, *rows_from, *list_of, *list_from; /* rows that contain a feature's code; features in a row */
static int *first_start, *first_outputs, *partners;    /* outputs by the first row of their codes */
static int16_t *second_columns;
static char rows_digest[65];

static bool is_pairwise(void) {
    Layer *first = &layers[0], *second = &layers[1];
    if (layer_count != 2 || most > 2 || gate_layers != 1 || first->diagonal || second->diagonal || !first->relu
        || !second->relu || second->gap < 0 || first->fraction || first->largest > 1 || decoder_kind != 1) return false;
    for (int64_t t = 0; t < (int64_t)first->rows * first->columns; t++) if (first->weight[t] < 0) return false;
    for (int64_t t = 0; t < (int64_t)features * in_width; t++) if (codes[t] < 0) return false;
    for (int r = 0; r < first->rows; r++) if (first->bias[r] != 1 - 2 * in_width) return false;
    for (int i = 0; i < outputs; i++) if (on_from[i] < 1 || gates[0].idle_on[i]) return false;
    for (int j = 0; j < features; j++) { /* no gate may be on for one feature: it reads the pairs that turn it on */
        for (int at = gates[0].reader_start[j]; at < gates[0].reader_start[j + 1]; at++) {
            int64_t sum = gates[0].idle[gates[0].reader[at]];
            for (int k = at; k < gates[0].reader_start[j + 1] && gates[0].reader[k] == gates[0].reader[at]; k++)
                sum += gates[0].step[k];
            if (gate_on(&gates[0], gates[0].reader[at], sum)) return false;
        }
    }
    int64_t *size = NEW(int64_t, second->rows), greatest = 0, largest = 0;
    for (int64_t t = 0; t < (int64_t)second->rows * second->columns; t++) {
        size[t % second->rows] += abs(second->weight[t]);
        if (second->weight[t] > largest) largest = second->weight[t];
    }
    for (int r = 0; r < second->rows; r++) {
        if (size[r] - second->bias[r] > greatest) greatest = size[r] - second->bias[r];
    }
    needed = largest ? (int)(second->gap / largest) + 1 : INT32_MAX;
    return greatest < 32000 && needed < 32000 && first->rows < 32000;
}

static int gates_on(int a, int b, int *found) { /* for exactly two features, of gates that are off for one */
    const Gates *g = &gates[0];
    int q = g->reader_start[a + 1] - g->reader_start[a] < g->reader_start[b + 1] - g->reader_start[b] ? a : b,
        count = 0;
    for (int at = g->reader_start[q], last = -1; at < g->reader_start[q + 1]; last = g->reader[at++]) {
        int i = g->reader[at];
        int64_t sum = g->idle[i];
        for (int t = g->start[i]; t < g->start[i + 1] && i != last; t++) {
            if (g->reads[t] == a || g->reads[t] == b) sum += read_step(g, i, t - g->start[i]);
        }
        if (i != last && gate_on(g, i, sum)) found[count++] = i;
    }
    return count;
}

static bool rows_reach(int i, const int16_t *sums) {
    const int *code = out_codes + (int64_t)i * out_width;
    for (int t = 0; t < out_width && code[t] >= 0; t++) if (sums[code[t]] < on_from[i]) return false;
    return true;
}

static void look_at_pair(int a, int b, int common, const int16_t *sums, int *truth, Tally *own) {
    int pair[2] = {a, b}, expected = gates_on(a, b, truth), n = layers[1].rows;
    uint64_t digest = set_digest(pair, 2);
    for (int t = 0; t < expected; t++) {
        own->digest += mix(digest + (uint64_t)truth[t] + 1);
        if (!rows_reach(truth[t], sums)) wrong_input(a, pair, 2, truth[t], true);
    }
    for (int f0 = 0; f0 < n && common >= needed; f0 += 64) {
        int end = f0 + 64 < n ? f0 + 64 : n;
        int16_t any = 0;
        for (int f = f0; f < end; f++) any |= sums[f] > 0;
        for (int f = f0; any && f < end; f++) {
            for (int at = first_start[f]; sums[f] > 0 && at < first_start[f + 1]; at++) {
                bool is_true = !rows_reach(first_outputs[at], sums);
                for (int t = 0; t < expected; t++) is_true |= truth[t] == first_outputs[at];
                if (!is_true) wrong_input(a, pair, 2, first_outputs[at], false);
            }
        }
    }
    own->looked++, own->changes += (uint64_t)expected;
}

static void *scan_pairs(void *unused) {
    const Layer *second = &layers[1];
    const Gates *g = &gates[0];
    uint16_t *count = NEW(uint16_t, features);
    int *hits = NEW(int, features), *marked = NEW(int, layers[0].rows), *truth = NEW(int, outputs), n = second->rows;
    int16_t *sums = NEW(int16_t, n);
    (void)unused;
    for (int a; (a = take_unit()) >= 0;) {
        Tally own = {.inputs = (uint64_t)(fewest <= 1) + (uint64_t)(most == 2 ? partners[a] : 0)};
        int found = 0;
        for (int k = rows_from[a]; k < rows_from[a + 1]; k++) {
            int low = list_from[rows_of[k]], end = list_from[rows_of[k] + 1];
            for (int high = end, middle; low < high;) { /* the features behind a */
                if (list_of[middle = low + (high - low) / 2] <= a) low = middle + 1; else high = middle;
            }
            for (; low < end; low++) if (++count[list_of[low]] == needed) hits[found++] = list_of[low];
            marked[rows_of[k]] = a + 1;
        }
        for (int at = g->reader_start[a]; at < g->reader_start[a + 1]; at++) { /* pairs that a gate reads */
            for (int t = g->start[g->reader[at]]; t < g->start[g->reader[at] + 1]; t++) {
                int b = g->reads[t];
                if (b > a && count[b] < needed) count[b] = (uint16_t)needed, hits[found++] = b;
            }
        }
        for (int h = 0; h < found && most == 2; h++) {
            int b = hits[h], common = 0;
            if (group && group[a] == group[b]) continue;
            for (int f = 0; f < n; f++) sums[f] = (int16_t)second->bias[f];
            for (int k = rows_from[b]; k < rows_from[b + 1]; k++) {
                const int16_t *column = second_columns + (int64_t)rows_of[k] * n;
                if (marked[rows_of[k]] != a + 1) continue;
                for (int f = 0; f < n; f++) sums[f] = (int16_t)(sums[f] + column[f]);
                common++;
            }
            look_at_pair(a, b, common, sums, truth, &own);
        }
        for (int k = rows_from[a]; k < rows_from[a + 1]; k++) {
            for (int at = list_from[rows_of[k]]; at < list_from[rows_of[k] + 1]; at++) count[list_of[at]] = 0;
        }
        for (int h = 0; h < found; h++) count[hits[h]] = 0;
        tally[a] = own;
    }
    return NULL;
}

static void find_rows(void) { /* by the intersections of columns as bit sets: once to count, once to fill in */
    Layer *first = &layers[0];
    int words = (first->rows + 63) / 64, *at = NEW(int, first->rows + 1);
    uint64_t *bits = NEW(uint64_t, (int64_t)first->columns * words);
    for (int64_t t = 0; t < (int64_t)first->columns * first->rows; t++) {
        int64_t r = t % first->rows;
        bits[t / first->rows * words + r / 64] |= (uint64_t)(first->weight[t] != 0) << r % 64;
    }
    rows_from = NEW(int, features + 1), list_from = NEW(int, first->rows + 1);
    for (int pass = 0; pass < 2; pass++) {
        int64_t total = 0;
        for (int j = 0; j < features; j++) {
            for (int w = 0; w < words; w++) {
                uint64_t common = ~UINT64_C(0);
                for (int t = 0; t < in_width; t++) {
                    common &= bits[(int64_t)codes[(int64_t)j * in_width + t] * words + w];
                }
                for (int r = 64 * w; common; common >>= 1, r++) {
                    if (!(common & 1)) continue;
                    if (pass) rows_of[total] = r, list_of[at[r]++] = j; else list_from[r + 1]++;
                    total++;
                }
            }
            if (total > INT32_MAX) stop(3, "the lists of rows are too long");
            rows_from[j + 1] = (int)total;
        }
        for (int r = 0; r < first->rows && !pass; r++) at[r + 1] = list_from[r + 1] += list_from[r];
        if (!pass) rows_of = NEW(int, total), list_of = NEW(int, total);
    }
    free(bits), free(at);
}

static void check_pairs(void) {
    Layer *second = &layers[1];
    Sha sha;
    find_rows();
    sha_begin(&sha);
    for (int r = 0; r < layers[0].rows; r++) {
        for (int k = list_from[r] - 1; k < list_from[r + 1]; k++) { /* how many there are, then each */
            uint32_t number = (uint32_t)(k < list_from[r] ? list_from[r + 1] - list_from[r] : list_of[k]);
            uint8_t bytes[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16),
                (uint8_t)(number >> 24)};
            sha_add(&sha, bytes, 4);
        }
    }
    sha_end(&sha, rows_digest);
    second_columns = NEW(int16_t, (int64_t)second->rows * second->columns);
    for (int64_t t = 0; t < (int64_t)second->rows * second->columns; t++)
        second_columns[t] = (int16_t)second->weight[t];
    first_start = NEW(int, second->rows + 2), first_outputs = NEW(int, outputs);
    for (int64_t i = 0; i < outputs; i++) first_start[out_codes[i * out_width] + 2]++;
    for (int r = 0; r < second->rows; r++) first_start[r + 2] += first_start[r + 1];
    for (int64_t i = 0; i < outputs; i++) first_outputs[first_start[out_codes[i * out_width] + 1]++] = (int)i;
    int *later = NEW(int, features);
    partners = NEW(int, features);
    for (int a = features - 1; a >= 0; a--) partners[a] = features - 1 - a - (group ? later[group[a]]++ : 0);
    run_threads(scan_pairs, features);
}

/* ---- method 3: the extremes of sums, for one layer in which nothing is cut ---- */

typedef struct { int count, *features; int64_t *gains; bool highest; } Extremes;
typedef struct { int i, size, reads, available, set[2050], *read; int64_t *step, *score, base; Extremes high, low;
    Tally own; } Sets;
static int32_t *scores; /* [rows][features]: what each feature adds to a row */

static Extremes new_extremes(bool highest) { return (Extremes){0, NEW(int, most), NEW(int64_t, most), highest}; }

static void find_extremes(Extremes *e, const int64_t *score, const bool *left_out) {
    e->count = 0;
    for (int j = 0; j < features; j++) {
        int64_t gain = e->highest ? score[j] : -score[j];
        if (left_out[j] || (e->count == most && gain <= e->gains[most - 1])) continue;
        int at = e->count < most ? e->count++ : most - 1;
        for (; at > 0 && e->gains[at - 1] < gain; at--) {
            e->gains[at] = e->gains[at - 1], e->features[at] = e->features[at - 1];
        }
        e->gains[at] = gain, e->features[at] = j;
    }
}

static int64_t extreme_sum(const Extremes *e, int active, int *size) { /* of others beside so many active features */
    int64_t sum = 0;
    for (*size = 0; *size < e->count && *size < most - active; sum += e->gains[(*size)++]) {
        if (active + *size >= fewest && e->gains[*size] <= 0) break;
    }
    return e->highest ? sum : -sum;
}

static void visit_sets(Sets *s, int from, int64_t gate_sum, int64_t score) {
    bool on = gate_on(&gates[0], s->i, gate_sum);
    if (s->size + s->available >= fewest) {
        int others;
        const Extremes *e = on ? &s->low : &s->high;
        int64_t total = s->base + score + extreme_sum(e, s->size, &others);
        double real = ldexp((double)total, -layers[0].fraction);
        uint64_t bits;
        memcpy(&bits, &real, 8);
        s->own.looked++, s->own.digest += mix(mix(set_digest(s->set, s->size) + (uint64_t)s->i + 1) + bits);
        if (on ? total < on_from[s->i] : total > off_to[s->i]) {
            int input[2050];
            memcpy(input, s->set, sizeof(int) * (size_t)s->size);
            memcpy(input + s->size, e->features, sizeof(int) * (size_t)others);
            qsort(input, (size_t)(s->size + others), sizeof(int), by_int);
            wrong_input(s->i, input, s->size + others, s->i, on);
        }
    }
    for (int t = from; t < s->reads && s->size < most; t++) {
        s->set[s->size++] = s->read[t];
        visit_sets(s, t + 1, gate_sum + s->step[t], score + s->score[s->read[t]]);
        s->size--;
    }
}

static void *scan_outputs(void *unused) {
    const Gates *g = &gates[0];
    Sets *s = NEW(Sets, 1);
    bool *left_out = NEW(bool, features);
    (void)unused;
    s->score = NEW(int64_t, features), s->high = new_extremes(true), s->low = new_extremes(false);
    for (int i; (i = take_unit()) >= 0; tally[i] = s->own) {
        s->i = i, s->reads = g->start[i + 1] - g->start[i], s->available = features - s->reads, s->base = 0,
            s->size = 0;
        s->read = NEW(int, s->reads), s->step = NEW(int64_t, s->reads), s->own = (Tally){0};
        memset(s->score, 0, sizeof(int64_t) * (size_t)features);
        for (int t = 0; t < s->reads; t++) { /* ascending */
            int read = g->reads[g->start[i] + t], at = t;
            for (; at > 0 && s->read[at - 1] > read; at--) s->read[at] = s->read[at - 1], s->step[at] = s->step[at - 1];
            s->read[at] = read, s->step[at] = read_step(g, i, t), left_out[read] = true;
        }
        for (int t = 0; t < out_width && out_codes[(int64_t)i * out_width + t] >= 0; t++) {
            int64_t f = out_codes[(int64_t)i * out_width + t];
            s->base += layers[0].bias[f];
            for (int j = 0; j < features; j++) s->score[j] += scores[f * features + j];
        }
        find_extremes(&s->high, s->score, left_out), find_extremes(&s->low, s->score, left_out);
        visit_sets(s, 0, g->idle[i], 0);
        for (int t = 0; t < s->reads; t++) left_out[s->read[t]] = false;
        free(s->read), free(s->step);
    }
    return NULL;
}

static bool is_additive(void) {
    Layer *l = &layers[0];
    const Gates *g = &gates[0];
    if (layer_count != 1 || l->diagonal || decoder_kind == 1 || group || gate_layers != 1) return false;
    for (int i = 0; i < outputs; i++) {
        double sets = 0, of_size = 1, reads = g->start[i + 1] - g->start[i];
        for (int k = 0; k <= reads && k <= most; k++) sets += of_size, of_size = of_size * (reads - k) / (k + 1);
        for (int t = g->start[i] + 1; t < g->start[i + 1]; t++) if (g->reads[t - 1] >= g->reads[t]) return false;
        if (sets > 65536) return false;
    }
    make_columns();
    scores = NEW(int32_t, (int64_t)features * l->rows);
    for (int64_t k = 0; k < (int64_t)features * l->rows; k++) {
        scores[k % l->rows * features + k / l->rows] = columns[k];
    }
    Extremes low = new_extremes(false);
    int64_t *score = NEW(int64_t, features);
    bool *none = NEW(bool, features), cuts = false;
    for (int64_t f = 0; f < l->rows && l->relu && !cuts; f++) {
        int size;
        for (int j = 0; j < features; j++) score[j] = scores[f * features + j];
        find_extremes(&low, score, none);
        cuts = l->bias[f] + extreme_sum(&low, 0, &size) < 0;
    }
    free(columns), free(score), free(none), free(low.features), free(low.gains);
    return !cuts;
}

/* ---- the number of inputs, by additions alone ---- */

typedef struct { uint64_t high, low; } Count; /* high 10^18 + low */
#define LIMB UINT64_C(1000000000000000000)

static void add(Count *to, Count by) {
    to->low += by.low, to->high += by.high + to->low / LIMB, to->low %= LIMB;
    if (to->high >= LIMB) stop(3, "there are more than 10^36 inputs");
}

static const char *domain_size(void) {
    Count *ways = NEW(Count, most + 1), *before = NEW(Count, most + 1), sum = {0, 0}; /* sets of each size */
    int *members = NEW(int, features), used = 0;
    static char text[40];
    ways[0].low = 1;
    for (int j = 0; j < features; j++) members[group ? group[j] : j]++;
    for (int g = 0; g < features; used += members[g++] > 0) { /* sets may have one feature of each group */
        int longest = used < most ? used + 1 : most;
        memcpy(before, ways, sizeof(Count) * (size_t)(longest + 1));
        for (int m = 0; m < members[g]; m++) for (int k = 1; k <= longest; k++) add(&ways[k], before[k - 1]);
    }
    for (int k = fewest; k <= most; k++) add(&sum, ways[k]);
    if (sum.high) snprintf(text, sizeof text, "%" PRIu64 "%018" PRIu64, sum.high, sum.low);
    else snprintf(text, sizeof text, "%" PRIu64, sum.low);
    return text;
}

/* ---- proofs ---- */

typedef struct { int low, high; Tally says; } Range;
static char *line_at; /* what is not read yet of proof.txt */
static Range *ranges;
static int range_count;
static char proof_method[32], proof_rows[72];

static char *expect(const char *key) { /* the rest of the next line, which begins with a key */
    char *line = line_at, *end = strchr(line, '\n');
    size_t length = strlen(key);
    REQUIRE(end && !strncmp(line, key, length) && (line[length] == ' ' || line + length == end),
            "is no proof of format 1: a line \"%s\" is missing", key);
    *end = 0, line_at = end + 1;
    return line + length + (line[length] == ' ');
}

static uint64_t number(char **text, int base) {
    char *end;
    REQUIRE((**text >= '0' && **text <= '9') || (base == 16 && **text >= 'a' && **text <= 'f'), "lacks a number");
    uint64_t value = strtoull(*text, &end, base);
    REQUIRE(end - *text <= (base == 16 ? 16 : 18) && (*end == ' ' || *end == 0), "has a number that is none");
    *text = end + (*end == ' ');
    return value;
}

static void same(const char *what, const char *says, const char *is) {
    REQUIRE(!strcmp(says, is), "is not a proof of this network: its %s is %s, not %s", what, says, is);
}

static void read_proof(const char *path, const char *size) {
    char expected[64], *text = NULL;
    current = path;
    Zip zip = read_zip(path);
    for (int t = 0; t < zip.count; t++) {
        if (strcmp(zip.entries[t].name, "proof.txt")) continue;
        text = NEW(char, zip.entries[t].size + 1);
        memcpy(text, zip.entries[t].data, zip.entries[t].size);
    }
    REQUIRE(text, "is no proof: it has no proof.txt");
    line_at = text;
    same("format", expect("superpose-proof"), "1");
    expect("network"), expect("verifier");
    same("digest of arrays", expect("arrays"), arrays_digest);
    snprintf(expected, sizeof expected, "%d %d", features, outputs);
    same("numbers of features and outputs", expect("features"), expected);
    snprintf(expected, sizeof expected, "%d %d", fewest, most);
    same("range of active features", expect("active"), expected);
    same("number of inputs", expect("inputs"), size);
    snprintf(proof_method, sizeof proof_method, "%s", expect("method"));
    bool additive = !strcmp(proof_method, "additive"), pairwise = !strcmp(proof_method, "pairwise");
    REQUIRE(additive || pairwise || !strcmp(proof_method, "enumeration"), "has a method that is not known");
    if (pairwise) snprintf(proof_rows, sizeof proof_rows, "%s", expect("rows"));
    same("count of the empty input", expect("empty"), fewest ? "0" : "1");
    int next = 0, units = additive ? outputs : features;
    ranges = NEW(Range, 65536);
    for (; !strncmp(line_at, "range ", 6); range_count++) {
        Range *r = &ranges[range_count];
        text = expect("range");
        uint64_t low = number(&text, 10), high = number(&text, 10);
        REQUIRE(range_count < 65535 && low == (uint64_t)next && high >= low && high < (uint64_t)units,
            "has ranges that do not tile");
        r->low = next, r->high = (int)high, next = r->high + 1;
        r->says.inputs = number(&text, 10), r->says.changes = number(&text, 10), r->says.digest = number(&text, 16);
        r->says.looked = number(&text, 10), r->says.pruned = number(&text, 10);
        r->says.pruned_inputs = number(&text, 10);
        r->says.pruned_digest = number(&text, 16);
        REQUIRE(!*text, "has a range that is too long");
    }
    REQUIRE(next == units, "has ranges that end before %d", units);
    while (!strncmp(line_at, "resumed ", 8)) printf("from a resume file, but looked at here: %s\n", expect("resumed"));
    REQUIRE(!*expect("end") && !*line_at, "goes on behind its end");
}

static void compare(const char *what, int range, uint64_t says, uint64_t is) {
    REQUIRE(says == is, "does not hold: range %d has %s %" PRIu64 ", not %" PRIu64, range, what, is, says);
}

static void compare_proof(void) {
    if (*proof_rows) same("digest of rows", proof_rows, rows_digest);
    for (int k = 0; k < range_count; k++) {
        Tally is = {0}, *says = &ranges[k].says;
        for (int u = ranges[k].low; u <= ranges[k].high; u++) {
            is.inputs += tally[u].inputs, is.changes += tally[u].changes;
            is.digest += tally[u].digest, is.looked += tally[u].looked, is.pruned += tally[u].pruned;
            is.pruned_inputs += tally[u].pruned_inputs, is.pruned_digest += tally[u].pruned_digest;
        }
        compare("inputs", k, says->inputs, is.inputs), compare("changes", k, says->changes, is.changes);
        compare("the digest", k, says->digest, is.digest), compare("looks", k, says->looked, is.looked);
        compare("prefixes", k, says->pruned, is.pruned), compare("their inputs", k, says->pruned_inputs,
            is.pruned_inputs);
        compare("their digest", k, says->pruned_digest, is.pruned_digest);
    }
}

int main(int count, char **given) {
    if (count != 2 && count != 3) {
        fprintf(stderr, "usage: %s NET.npz [FILE.proof.zip]\n", given[0]);
        return 2;
    }
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    threads = processors < 1 ? 1 : processors > 64 ? 64 : (int)processors;
    current = given[1];
    read_arrays(given[1]);
    read_network();
    const char *size = domain_size();
    if (count == 3) read_proof(given[2], size);
    bool pairwise = (!*proof_method || *proof_method == 'p') && is_pairwise();
    bool additive = (!*proof_method || *proof_method == 'a') && !pairwise && is_additive();
    REQUIRE(pairwise || additive || !*proof_method || *proof_method == 'e',
            "does not hold: the network is not of the form for the method %s", proof_method);
    current = given[1];
    if (pairwise) {
        check_pairs();
    } else if (additive) {
        run_threads(scan_outputs, outputs);
    } else {
        if (strlen(size) > 12) stop(3, "%s inputs are too many to look at one by one", size);
        check_by_enumeration();
    }
    if (wrong_unit != INT32_MAX) {
        printf("%s\n", wrong_text);
        return 1;
    }
    uint64_t inputs = !fewest, looked = 0;
    char found[32];
    for (int u = 0; u < unit_count; u++) inputs += tally[u].inputs, looked += tally[u].looked + tally[u].pruned_inputs;
    snprintf(found, sizeof found, "%" PRIu64, inputs);
    if (!additive && strcmp(found, size)) stop(3, "%s inputs were covered, not %s", found, size);
    printf("looked at %" PRIu64 " %s\n", looked, pairwise ? "pairs" : additive ? "sets of active reads" : "inputs");
    current = given[count - 1];
    if (count == 3) compare_proof();
    if (count == 3) printf("the proof holds in %d ranges\n", range_count);
    printf("VERIFIED %s of %s inputs\n", size, size);
    return 0;
}
