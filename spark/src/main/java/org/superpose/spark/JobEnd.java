package org.superpose.spark;

/** How a job of one task ended. */
sealed interface JobEnd {
    /** @param result what the task came to, as bytes */
    record Done(byte[] result) implements JobEnd {}

    /** @param reason why Spark gave the job up */
    record Failed(Throwable reason) implements JobEnd {}
}
