/** Runs a planned experiment: keeps what is done, skips what was done before, tells how it goes. */
package org.superpose.runner.sweep;
