/**
 * Resampling (theory, section 5): {@link org.superpose.constructions.clipped.conflict.ChannelMending} moves channels
 * until no input is wrong, while a tracker knows at every step which inputs are: {@code ContainmentTracker} where no
 * more features are active than a gate reads, {@code OverlapTracker} where there are more, and {@code ListTracker} for
 * the states between two blocks of a chain.
 */
package org.superpose.constructions.clipped.conflict;
