package org.superpose.interop.foreign;

/** Which dimension of a weight matrix counts what the matrix gives. */
public enum Orientation {
    /** Rows are outputs: {@code W x}, as in {@code torch.nn.Linear}, whose weight is (out_features, in_features). */
    OUT_IN("out-in"),
    /** Columns are outputs: {@code x W}, as in TransformerLens, whose W_in is (d_model, d_mlp). */
    IN_OUT("in-out");

    private final String word;

    Orientation(String word) {
        this.word = word;
    }

    /** Its name in a map file. */
    public String word() {
        return word;
    }
}
