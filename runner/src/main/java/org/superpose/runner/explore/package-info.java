/** A page on which a person looks into a network, and the comparison of two networks. */
package org.superpose.runner.explore;
