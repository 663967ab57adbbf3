/**
 * What a built network does, measured on its own arrays and activations and held against the predictions of theory,
 * section 4.
 */
package org.superpose.runner.experiment.statistics;
