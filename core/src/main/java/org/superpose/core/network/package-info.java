/** Networks: codes, weight matrices, layers, decoders, and their evaluation by definition. */
package org.superpose.core.network;
