/** Named arrays in files of other tools, and their numbers as float32. */
package org.superpose.interop.tensor;
