/** The frontier of smallest verified widths: its table of problems, its certificates, and the page that shows them. */
package org.superpose.runner.frontier;
