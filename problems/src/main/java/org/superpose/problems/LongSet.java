package org.superpose.problems;

import java.util.Arrays;

/** A growing hash set of non-negative longs in one flat array: millions of gates without an object each. */
final class LongSet {
    private static final long VACANT = -1;

    private long[] slots;
    private int size;
    private int shift;

    LongSet(int expected) {
        allocate(Integer.highestOneBit(Math.max(8, Math.min(expected, 1 << 28))) << 2);
    }

    private void allocate(int capacity) {
        slots = new long[capacity];
        Arrays.fill(slots, VACANT);
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    int size() {
        return size;
    }

    boolean contains(long key) {
        return slots[slotOf(key)] == key;
    }

    /** Adds a key; false if it was there. */
    boolean add(long key) {
        int slot = slotOf(key);
        if (slots[slot] == key) {
            return false;
        }
        slots[slot] = key;
        if (++size > slots.length / 4 * 3) {
            grow();
        }
        return true;
    }

    /** Removes a key that is there, and closes the gap so that later probes still find what lies behind it. */
    void remove(long key) {
        int mask = slots.length - 1;
        int gap = slotOf(key);
        size--;
        for (int next = gap + 1 & mask; slots[next] != VACANT; next = next + 1 & mask) {
            int home = home(slots[next]);
            if ((next - home & mask) >= (next - gap & mask)) {
                slots[gap] = slots[next];
                gap = next;
            }
        }
        slots[gap] = VACANT;
    }

    private void grow() {
        long[] old = slots;
        allocate(old.length * 2);
        for (long key : old) {
            if (key != VACANT) {
                slots[slotOf(key)] = key;
            }
        }
    }

    private int home(long key) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> shift);
    }

    /** Where the key is, or where it belongs. */
    private int slotOf(long key) {
        int slot = home(key);
        while (slots[slot] != key && slots[slot] != VACANT) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
