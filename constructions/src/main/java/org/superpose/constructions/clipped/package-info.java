/**
 * Clipped channels: 0/1 matrices whose entries are the union of what the channels of all outputs want (theory, section
 * 5).
 *
 * <p>The constructions are here; {@code weight} chooses how heavy codes and channels are, {@code channel} places the
 * channels, and {@code conflict} moves them until no input is wrong. Nobody else uses these three.
 */
package org.superpose.constructions.clipped;
