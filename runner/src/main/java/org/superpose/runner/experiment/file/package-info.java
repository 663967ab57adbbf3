/** Experiments that users describe in YAML or JSON files. */
package org.superpose.runner.experiment.file;
