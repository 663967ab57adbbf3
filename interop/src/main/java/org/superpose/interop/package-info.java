/** Networks for other tools, and back: NPZ, safetensors, ONNX. */
package org.superpose.interop;
