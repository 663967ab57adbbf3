/** Networks for other tools, and back: NPZ, safetensors, ONNX, and data sets of activations with their ground truth. */
package org.superpose.interop;
