/**
 * What a network does with one input that somebody chose: names found as people type them, and every row that fires.
 */
package org.superpose.runner.trace;
