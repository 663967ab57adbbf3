/** Hidden channels: which rows serve which outputs, and how they are allocated. */
package org.superpose.constructions.clipped.channel;
