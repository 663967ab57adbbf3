package org.superpose.interop.dataset;

/** Where the inputs of a data set come from. Sample i depends on the seed and i alone. */
interface InputSource {
    /** The sample of a number. */
    Sample sample(int number);
}
