package org.superpose.runner.store;

import org.superpose.runner.workbench.Measurement;

/**
 * A measurement and where it came from.
 *
 * @param experiment id of the experiment
 * @param unit number of the unit, from 1 as on the command line
 * @param rowInUnit number of the row within the unit, from 1
 * @param measurement the fields
 */
public record StoredRow(String experiment, int unit, int rowInUnit, Measurement measurement) {}
