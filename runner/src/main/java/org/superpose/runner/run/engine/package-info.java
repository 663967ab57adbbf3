/** Where units run: what an engine is asked for, whom it tells, and the engine of this process. */
package org.superpose.runner.run.engine;
