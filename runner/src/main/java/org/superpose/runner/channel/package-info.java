/** Feature channels read out of the weights of any network, and how well that works where the truth is known. */
package org.superpose.runner.channel;
