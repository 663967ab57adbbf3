"""Writes residual.onnx beside this file with the builder of the onnx package (Debian: python3-onnx 1.12).

A network as exporters write them, in operator set 15: an embedding by MatMul, a Gemm with transB and Relu, a second
block by MatMul and Add, a residual stream added, and a read-out by Gemm. Numbers are random float32.
"""
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FEATURES, STREAM, HIDDEN, OUTPUTS = 40, 12, 20, 30


def main():
    rng = np.random.default_rng(19)
    shapes = {
        "W_E": (FEATURES, STREAM), "fc1.weight": (HIDDEN, STREAM), "fc1.bias": (HIDDEN,), "W_out": (HIDDEN, STREAM),
        "b_out": (STREAM,), "head.weight": (OUTPUTS, STREAM), "head.bias": (OUTPUTS,)}
    initialisers = [
        numpy_helper.from_array(rng.normal(size=shape).astype(np.float32), name) for name, shape in shapes.items()]
    nodes = [
        helper.make_node("MatMul", ["x", "W_E"], ["stream"], name="embed"),
        helper.make_node("Gemm", ["stream", "fc1.weight", "fc1.bias"], ["hidden"], name="fc1", transB=1),
        helper.make_node("Relu", ["hidden"], ["rectified"], name="relu"),
        helper.make_node("MatMul", ["rectified", "W_out"], ["written"], name="out"),
        helper.make_node("Add", ["written", "b_out"], ["shifted"], name="shift"),
        helper.make_node("Add", ["shifted", "stream"], ["residual"], name="residual"),
        helper.make_node("Gemm", ["residual", "head.weight", "head.bias"], ["logits"], name="head", transB=1)]
    graph = helper.make_graph(
        nodes, "residual", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", FEATURES])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", OUTPUTS])], initialisers)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="onnx.helper")
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, os.path.join(os.path.dirname(os.path.abspath(__file__)), "residual.onnx"))


if __name__ == "__main__":
    main()
