/** Plans, runs and records sweeps: what is done is kept, what was done before is skipped. */
package org.superpose.runner.run;
