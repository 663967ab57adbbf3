/** Where the units of an experiment run: the service interface, and the threads of this machine. */
package org.superpose.runner.engine;
