/**
 * Which hidden rows serve which outputs: the two matrices while channels come and go,
 * {@link org.superpose.constructions.clipped.channel.ChannelWiring}, and two ways to place channels, greedily
 * ({@link org.superpose.constructions.clipped.channel.ChannelAllocation}) and as lines of projective planes
 * ({@link org.superpose.constructions.clipped.channel.PlaneChannels}).
 */
package org.superpose.constructions.clipped.channel;
