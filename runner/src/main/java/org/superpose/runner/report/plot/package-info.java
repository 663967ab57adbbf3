/** The plots of a report and of {@code bounds}: which rows each one shows, and how. */
package org.superpose.runner.report.plot;
