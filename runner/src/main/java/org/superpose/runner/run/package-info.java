/** Plans, runs and records experiments and searches: what is done is kept, what was done before is skipped. */
package org.superpose.runner.run;
