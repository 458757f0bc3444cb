"""Writes the .onnx models of this folder with inputs and the outputs that PyTorch gives for them.

Versions: Python 3.11, torch 1.13.0a0, onnx 1.12.0 (as checker), numpy 1.24.2. Run: python3 make_models.py
Beside NAME.onnx stands NAME.json: input shape [N, channels, rows, columns] or [N, features], inputs and outputs of the
network in ONNX's order. Weights and running statistics are random, with fixed seeds.
"""
import json
import os
import sys

import numpy as np
import onnx
from onnx import numpy_helper
import torch
from torch import nn
from torch.nn import functional as F

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Models")


class Plain(nn.Module):
    """Image wider than high, odd channels, BN after some layers, fully connected layers after Flatten."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(2, 5, 3, padding=1)
        self.n = nn.BatchNorm2d(5, eps=1e-3)
        self.b = nn.Conv2d(5, 7, 3, stride=2, padding=1, bias=False)
        self.c = nn.Conv2d(7, 6, 2)
        self.d = nn.Linear(6 * 1 * 2, 9)
        self.e = nn.Linear(9, 4, bias=False)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.n(self.a(x))), 2)
        x = F.relu(self.c(F.relu(self.b(x))))
        return self.e(F.relu(self.d(torch.flatten(x, 1))))


class View(nn.Module):
    """x.view(x.size(0), -1) with a dynamic batch: Shape, Gather, Unsqueeze, Concat, Reshape."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.d = nn.Linear(4 * 4 * 2, 5)

    def forward(self, x):
        x = F.relu(self.a(x))
        return F.log_softmax(self.d(F.dropout(x.view(x.size(0), -1), 0.5, self.training)), 1)


class WideBlock(nn.Module):
    """Pre-activation block; where the width changes, BN and ReLU serve body and shortcut."""

    def __init__(self, before, after, stride):
        super().__init__()
        self.equal = before == after
        self.n1, self.n2 = nn.BatchNorm2d(before), nn.BatchNorm2d(after)
        self.c1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.c2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.s = None if self.equal else nn.Conv2d(before, after, 1, stride, 0, bias=False)

    def forward(self, x):
        y = F.relu(self.n1(x))
        if not self.equal:
            x = y
        z = self.c2(F.relu(self.n2(self.c1(y))))
        return (x if self.equal else self.s(x)) + z


class Wide(nn.Module):
    def __init__(self, first, widths, blocks, classes, pool):
        super().__init__()
        self.first = nn.Conv2d(3, first, 3, 1, 1, bias=False)
        layers, before = [], first
        for group, width in enumerate(widths):
            for block in range(blocks):
                layers.append(WideBlock(before, width, 2 if group > 0 and block == 0 else 1))
                before = width
        self.blocks = nn.Sequential(*layers)
        self.n, self.pool = nn.BatchNorm2d(before), pool
        self.fc = nn.Linear(before, classes)

    def forward(self, x):
        x = F.relu(self.n(self.blocks(self.first(x))))
        return self.fc(F.avg_pool2d(x, self.pool).flatten(1))


class PostBlock(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.c1, self.n1 = nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after)
        self.c2, self.n2 = nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after)
        self.s = nn.Sequential() if before == after and stride == 1 else nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, x):
        return F.relu(self.n2(self.c2(F.relu(self.n1(self.c1(x))))) + self.s(x))


class Post(nn.Module):
    """Residual blocks as in ResNet, a global pool, a softmax."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(1, 6, 3, padding=1)
        self.b, self.c = PostBlock(6, 6, 1), PostBlock(6, 9, 2)
        self.d = nn.Linear(9, 3)

    def forward(self, x):
        x = F.adaptive_avg_pool2d(self.c(self.b(F.relu(self.a(x)))), 1)
        return F.softmax(self.d(x.flatten(1)), 1)


class Pools(nn.Module):
    """Average pools, and a mean over both axes in the end; no fully connected layer."""

    def __init__(self, keep):
        super().__init__()
        self.a, self.b, self.keep = nn.Conv2d(2, 8, 5, padding=2), nn.Conv2d(8, 5, 3, padding=1), keep

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.a(x)), 2)
        x = F.max_pool2d(self.b(x), 3, 2)
        return x.mean([2, 3], keepdim=self.keep)


class Nested(nn.Module):
    """Residual blocks within the branches of a residual block."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(2, 4, 3, padding=1)
        self.b, self.c, self.d, self.e = (nn.Conv2d(4, 4, 3, padding=1, bias=k % 2 == 0) for k in range(4))
        self.f = nn.Linear(4 * 5 * 3, 4)

    def forward(self, x):
        x = self.a(x)
        y = self.b(x)
        y = y + F.relu(self.c(y))
        y = self.d(y) + y
        z = self.e(x) + x
        return self.f((z + y).flatten(1))


class Perceptron(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.n, self.b, self.c = nn.Linear(13, 11), nn.BatchNorm1d(11, eps=1e-4), nn.Linear(11, 7, bias=False), nn.Linear(7, 3)

    def forward(self, x):
        return self.c(F.relu(self.b(F.relu(self.n(self.a(x))))))


class Last(nn.Module):
    """Channels last, as TensorFlow has it: Transpose on the input and before the flattening."""

    def __init__(self):
        super().__init__()
        self.a, self.d = nn.Conv2d(2, 3, 3, padding=1), nn.Linear(3 * 4 * 6, 5)

    def forward(self, x):
        x = F.relu(self.a(x.permute(0, 3, 1, 2)))
        return self.d(x.permute(0, 2, 3, 1).flatten(1))


class Toy(nn.Module):
    """PublishedNetworks.MnistToy."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Conv2d(1, 22, 3, 1, 1), nn.Conv2d(22, 27, 3, 1, 1), nn.Conv2d(27, 64, 3, 2, 1)
        self.d = nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.a(x)), 2)
        x = F.max_pool2d(F.relu(self.b(x)), 2)
        return self.d(F.max_pool2d(F.relu(self.c(x)), 4).flatten(1))


def write(name, network, shape, opset=13, batch=3, dynamic=True, half=False):
    generator = np.random.default_rng(len(name))
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            count = module.num_features
            module.weight.data = torch.tensor(generator.uniform(0.5, 1.5, count), dtype=torch.float32)
            module.bias.data = torch.tensor(generator.normal(0, 0.3, count), dtype=torch.float32)
            module.running_mean.data = torch.tensor(generator.normal(0, 0.3, count), dtype=torch.float32)
            module.running_var.data = torch.tensor(generator.uniform(0.3, 2, count), dtype=torch.float32)
    if half:
        network = network.half().float()
    network.eval()
    x = torch.tensor(generator.normal(0, 1, (batch, *shape)), dtype=torch.float32)
    path = os.path.join(HERE, name + ".onnx")
    axes = {"image": {0: "batch"}, "classes": {0: "batch"}} if dynamic else None
    # Without fusion of batch normalisation into convolutions.
    torch.onnx.export(network, x, path, opset_version=opset, input_names=["image"], output_names=["classes"], dynamic_axes=axes, do_constant_folding=True, training=torch.onnx.TrainingMode.PRESERVE)
    model = onnx.load(path)
    onnx.checker.check_model(model)
    if half:
        for tensor in model.graph.initializer:
            values = numpy_helper.to_array(tensor)
            if values.dtype == np.float32:
                tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), tensor.name))
        for value in [*model.graph.input, *model.graph.output]:
            value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT16
        onnx.checker.check_model(model)
        onnx.save(model, path)
    with torch.no_grad():
        y = network(x)
    with open(os.path.join(HERE, name + ".json"), "w") as file:
        json.dump({"shape": list(x.shape), "inputs": [float(np.float32(v)) for v in x.flatten().tolist()], "outputs": y.flatten().tolist()}, file)
        file.write("\n")
    print(name, os.path.getsize(path), sorted({n.op_type for n in model.graph.node}), file=sys.stderr)


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    torch.manual_seed(1)
    write("plain", Plain(), (2, 8, 12))
    write("view", View(), (3, 6, 4), opset=11)
    write("fixed-batch", View(), (3, 6, 4), opset=9, dynamic=False)
    write("wide-residual", Wide(4, [6, 8], 2, 5, 4), (3, 8, 8))
    write("post-activation", Post(), (1, 8, 8), opset=17)
    write("pools", Pools(False), (2, 14, 14))
    write("pools-kept", Pools(True), (2, 14, 14), opset=12)
    write("nested", Nested(), (2, 5, 3))
    write("perceptron", Perceptron(), (13,))
    write("channels-last", Last(), (4, 6, 2))
    write("half", Plain(), (2, 8, 12), half=True)
    write("mnist-toy", Toy(), (1, 28, 28), half=True, batch=1)
