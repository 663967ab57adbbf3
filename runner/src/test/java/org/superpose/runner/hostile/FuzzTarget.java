package org.superpose.runner.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The target of a fuzzer: an input becomes a file, and a reader reads it. The reader is the system property
 * {@code superpose.fuzz.reader}. Jazzer calls {@link #fuzzerTestOneInput}; {@code FuzzCorpusTest} replays what it has
 * kept.
 *
 * <p>The first byte of an input says how the rest becomes a file, since a fuzzer that has to guess checksums and
 * lengths gets no further than them: if it is even, the rest is the file; if it is odd, the rest is one part of an
 * otherwise sound file.
 */
public final class FuzzTarget {
    private static FuzzTarget running;

    private final HostileReader reader;
    private final Path file;
    private final Parts parts;

    /** A sound file, taken apart. */
    private interface Parts {
        int count();

        byte[] part(int number);

        /** The file with another content of one part; lengths and checksums are made to fit. */
        byte[] with(int number, byte[] content) throws IOException;
    }

    FuzzTarget(HostileReader reader, Path folder) throws IOException {
        this.reader = reader;
        this.file = reader.in(folder);
        byte[] sound = reader.sound();
        this.parts = switch (reader) {
            case NETWORK, NPZ, TENSORS, TRUTH -> new ZipParts(FileMutations.unzip(sound));
            case SAFETENSORS -> new HeaderPart(sound);
            default -> new WholePart(sound);
        };
    }

    /** One part that is everything. */
    private record WholePart(byte[] sound) implements Parts {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public byte[] part(int number) {
            return sound;
        }

        @Override
        public byte[] with(int number, byte[] content) {
            return content;
        }
    }

    /** The entries of a zip file. */
    private record ZipParts(Map<String, byte[]> entries) implements Parts {
        @Override
        public int count() {
            return entries.size();
        }

        private String name(int number) {
            return List.copyOf(entries.keySet()).get(number);
        }

        @Override
        public byte[] part(int number) {
            return entries.get(name(number));
        }

        @Override
        public byte[] with(int number, byte[] content) throws IOException {
            String name = name(number);
            byte[] before = entries.put(name, content);
            try {
                return FileMutations.zip(entries, true);
            } finally {
                entries.put(name, before);
            }
        }
    }

    /** The header of a safetensors file. */
    private record HeaderPart(byte[] sound) implements Parts {
        private int length() {
            return (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public byte[] part(int number) {
            return Arrays.copyOfRange(sound, Long.BYTES, Long.BYTES + length());
        }

        @Override
        public byte[] with(int number, byte[] content) {
            int data = Long.BYTES + length();
            return ByteBuffer.allocate(Long.BYTES + content.length + sound.length - data)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(content.length)
                    .put(content)
                    .put(sound, data, sound.length - data)
                    .array();
        }
    }

    /** Inputs with sound files, one for each part, with which a fuzzer begins. */
    List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(List.of(concat(new byte[] {0}, reader.sound())));
        for (int number = 0; number < parts.count(); number++) {
            seeds.add(concat(new byte[] {1, (byte) number}, parts.part(number)));
        }
        return seeds;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * One input.
     *
     * @return whether it was refused
     * @throws AssertionError if the reader does anything but read or refuse
     */
    boolean refuses(byte[] input) throws IOException {
        if (input.length < 2) {
            return reader.refuses(file, new byte[0]);
        }
        return reader.refuses(
                file,
                input[0] % 2 == 0
                        ? Arrays.copyOfRange(input, 1, input.length)
                        : parts.with((input[1] & 0xff) % parts.count(), Arrays.copyOfRange(input, 2, input.length)));
    }

    /** For the fuzzer, before the first input. */
    public static void fuzzerInitialize() throws IOException {
        String word = System.getProperty("superpose.fuzz.reader", "network");
        running =
                new FuzzTarget(HostileReader.valueOf(word.toUpperCase(Locale.ROOT)), Files.createTempDirectory("fuzz"));
    }

    /** For the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        running.refuses(input);
    }

    /** Writes the seeds of a reader into a folder: {@code FuzzTarget READER FOLDER}. */
    public static void main(String[] arguments) throws IOException {
        HostileReader reader = HostileReader.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        int number = 0;
        for (byte[] seed : new FuzzTarget(reader, folder).seeds()) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
    }
}
