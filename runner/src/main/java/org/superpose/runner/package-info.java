/** The runner inside another program: everything that the command line does, behind one door. */
package org.superpose.runner;
