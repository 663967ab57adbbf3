/** What is inside a built network: loads of codes, weights of layers, shared neurons, channels and their picture. */
package org.superpose.runner.inspect;
