package org.superpose.interop.score;

/** The activation of TopK autoencoders (Gao et al., arXiv 2406.04093). */
public final class TopK {
    private TopK() {}

    /**
     * Keeps the k largest positive numbers of a stretch and clears the others; of equal ones the first stay.
     *
     * @param from where the stretch begins
     * @param count its length
     */
    public static void keep(float[] values, int from, int count, int k) {
        float[] heap = new float[k]; // the smallest of the largest on top
        int size = 0;
        for (int t = from; t < from + count; t++) {
            if (!(values[t] > 0)) {
                continue;
            }
            if (size < k) {
                heap[size++] = values[t];
                for (int c = size - 1; c > 0 && heap[(c - 1) / 2] > heap[c]; c = (c - 1) / 2) {
                    swap(heap, c, (c - 1) / 2);
                }
            } else if (values[t] > heap[0]) {
                heap[0] = values[t];
                sink(heap, size);
            }
        }
        if (size < k) {
            return;
        }
        float least = heap[0];
        int above = 0;
        for (int t = from; t < from + count; t++) {
            above += values[t] > least ? 1 : 0;
        }
        int ties = k - above;
        for (int t = from; t < from + count; t++) {
            if (values[t] < least || values[t] == least && ties-- <= 0) {
                values[t] = 0;
            }
        }
    }

    private static void sink(float[] heap, int size) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                return;
            }
            child = child + 1 < size && heap[child + 1] < heap[child] ? child + 1 : child;
            if (heap[at] <= heap[child]) {
                return;
            }
            swap(heap, at, child);
            at = child;
        }
    }

    private static void swap(float[] heap, int one, int other) {
        float kept = heap[one];
        heap[one] = heap[other];
        heap[other] = kept;
    }
}
