/** Files that say how the inputs of a data set are drawn. */
package org.superpose.runner.dataset;
