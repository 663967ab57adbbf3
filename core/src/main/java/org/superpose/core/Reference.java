package org.superpose.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the published results that a class implements, so that the map from results to classes can be generated and
 * checked.
 *
 * <p>Without a {@link #source()}, results are those of Adler and Shavit, "On the Complexity of Neural Computation in
 * Superposition" (arXiv 2409.15318), or sections of the project's theory page where they go beyond it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Reference {
    /** The names of the results: {@code "Theorem 4.1"}, {@code "Corollary 3.2.2"}, {@code "Section 5"}. */
    String[] value();

    /** The publication, where it is another one than the paper: {@code "arXiv 2408.05451"}. */
    String source() default "";
}
