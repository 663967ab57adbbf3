package org.superpose.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a package that plugins may use. What is public in it stays compatible within a major version; every other
 * package may change at any time.
 *
 * <p>The signatures of all marked packages are listed in {@code core/src/test/resources/plugin-api.txt}; a test
 * compares the list with the classes, so that no change goes in unseen.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface PluginApi {}
