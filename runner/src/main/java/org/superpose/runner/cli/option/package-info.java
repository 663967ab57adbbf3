/** Options that several commands have, each declared once. */
package org.superpose.runner.cli.option;
