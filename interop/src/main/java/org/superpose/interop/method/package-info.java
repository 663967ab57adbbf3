/** Small baselines of the methods that the truth is for: sparse autoencoders and transcoders, trained here. */
package org.superpose.interop.method;
