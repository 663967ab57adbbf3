/** From a recipe to a network, its verdict and its row of results, one network at a time. */
package org.superpose.runner.workbench;
