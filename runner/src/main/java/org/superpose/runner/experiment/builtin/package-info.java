/** The registered experiments. */
package org.superpose.runner.experiment.builtin;
