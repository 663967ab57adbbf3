/** What commands print: console, progress, tables and verdicts as text. */
package org.superpose.runner.cli.output;
