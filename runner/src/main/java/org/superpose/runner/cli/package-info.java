/** The commands of {@code superpose}, one class each. Nothing else of the runner knows them. */
package org.superpose.runner.cli;
