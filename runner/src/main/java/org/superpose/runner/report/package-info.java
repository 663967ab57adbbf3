/** One HTML page and the figures of a paper from stored results. */
package org.superpose.runner.report;
