/**
 * Files: built networks as {@code *.superpose.zip}, and the NumPy formats (NPY, NPZ) they consist of.
 *
 * <p>Whatever is read here is not trusted: every size is checked against what is really there before memory is reserved
 * for it.
 */
package org.superpose.core.file;
