package org.superpose.runner.hostile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Ways to damage a file that leave it half right; each returns another file, drawn at random. */
final class FileMutations {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "2",
            "64",
            "255",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "1e999",
            "1e-999",
            "0.5",
            "-0",
            "null",
            "[]",
            "\"\"");

    private FileMutations() {}

    /** One of the ways. */
    interface Mutation {
        byte[] of(byte[] file, RandomGenerator random) throws IOException;
    }

    /** Up to eight bytes changed, ranges cut out, doubled or moved, or the end cut off. */
    static byte[] bytes(byte[] file, RandomGenerator random) {
        byte[] changed = file;
        for (int edits = 1 + random.nextInt(8); edits > 0 && changed.length > 0; edits--) {
            int from = random.nextInt(changed.length);
            int to = Math.min(changed.length, from + 1 + random.nextInt(16));
            switch (random.nextInt(5)) {
                case 0 -> changed = join(Arrays.copyOf(changed, from), Arrays.copyOfRange(changed, to, changed.length));
                case 1 -> changed = join(Arrays.copyOf(changed, to), Arrays.copyOfRange(changed, from, changed.length));
                case 2 -> changed = random.nextInt(4) == 0 ? Arrays.copyOf(changed, from) : changed;
                default -> {
                    changed = changed.clone();
                    changed[from] =
                            (byte) (random.nextBoolean() ? random.nextInt() : changed[from] ^ 1 << random.nextInt(8));
                }
            }
        }
        return changed;
    }

    /** One number of a text becomes another one that is too large, negative, or no number at all. */
    static byte[] numbers(byte[] file, RandomGenerator random) {
        int start = random.nextInt(Math.max(1, file.length));
        while (start < file.length && !isDigit(file[start])) {
            start++;
        }
        int end = start;
        while (end < file.length && isDigit(file[end])) {
            end++;
        }
        byte[] number = NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII);
        return join(join(Arrays.copyOf(file, start), number), Arrays.copyOfRange(file, end, file.length));
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** One entry of a zip file is damaged, left out or renamed; sizes and checksums are made to fit. */
    static byte[] zipEntry(byte[] file, RandomGenerator random) throws IOException {
        Map<String, byte[]> entries = unzip(file);
        List<String> names = List.copyOf(entries.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] content = entries.get(name);
        switch (random.nextInt(8)) {
            case 0 -> entries.remove(name);
            case 1 -> entries.put("../" + name, entries.remove(name));
            case 2 -> entries.put(name, entries.get(names.get(random.nextInt(names.size()))));
            case 3, 4 -> entries.put(name, bytes(content, random));
            default -> entries.put(name, numbers(content, random));
        }
        return zip(entries, random.nextBoolean());
    }

    /** One entry of a zip file is replaced. */
    static byte[] withEntry(byte[] file, String name, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> entries = unzip(file);
        String before = new String(entries.get(name), StandardCharsets.UTF_8);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("the change leaves " + name + " as it was");
        }
        entries.put(name, after.getBytes(StandardCharsets.UTF_8));
        return zip(entries, true);
    }

    static Map<String, byte[]> unzip(byte[] file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    static byte[] zip(Map<String, byte[]> entries, boolean stored) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                if (stored) {
                    CRC32 checksum = new CRC32();
                    checksum.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        }
        return out.toByteArray();
    }

    /** The header of a safetensors file is damaged; the length in front of it is made to fit. */
    static byte[] safetensorsHeader(byte[] file, RandomGenerator random) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] header = Arrays.copyOfRange(file, Long.BYTES, Long.BYTES + length);
        byte[] changed = random.nextInt(3) == 0 ? bytes(header, random) : numbers(header, random);
        byte[] prefix = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(changed.length)
                .array();
        return join(join(prefix, changed), Arrays.copyOfRange(file, Long.BYTES + length, file.length));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
