package org.superpose.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the results that a class implements, so that the map from results to classes can be generated and checked.
 *
 * <p>Without a {@link #source()}, what is attested or reconstructed is that of Adler and Shavit, "On the Complexity of
 * Neural Computation in Superposition" (arXiv 2409.15318, version 2), called the paper.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(References.class)
public @interface Reference {
    /** The names of the results: {@code "Theorem 4.1"}, {@code "Corollary 3.2.2"}, {@code "Clipped channels"}. */
    String[] value();

    /** How much of the results the source itself is known to say. */
    Standing standing();

    /** The publication, where it is another one than the paper: {@code "arXiv 2408.05451"}. */
    String source() default "";

    /** How much of a result its source is known to say, in its own words. */
    enum Standing {
        /** What is stated of the result is in the source: its abstract, its summary, a name or a caption. */
        ATTESTED,
        /** The source has such a part, but its text was not at hand: what stands here was worked out anew. */
        RECONSTRUCTED,
        /** The source does not have it, as far as is known. */
        OURS
    }
}
