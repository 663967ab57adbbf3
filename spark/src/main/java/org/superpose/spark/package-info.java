/** The units of an experiment, and the parts of a large verification, as tasks of Apache Spark. */
package org.superpose.spark;
