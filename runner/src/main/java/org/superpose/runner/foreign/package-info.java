/** Networks made elsewhere on the command line: maps of their tensors, and what they should compute. */
package org.superpose.runner.foreign;
