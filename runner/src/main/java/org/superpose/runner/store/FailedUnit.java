package org.superpose.runner.store;

/**
 * A unit that failed and was not done since.
 *
 * @param unit its number, from 1 as on the command line
 * @param label what it was to measure
 * @param error why it failed
 */
public record FailedUnit(int unit, String label, String error) {}
