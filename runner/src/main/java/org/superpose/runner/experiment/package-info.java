/** What an experiment is: the interfaces that its author implements, and nothing of any one experiment. */
package org.superpose.runner.experiment;
