/** What a report makes of its rows before it draws them: families, smallest widths, fitted laws. */
package org.superpose.runner.report.analysis;
