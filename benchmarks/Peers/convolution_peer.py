"""Training steps of the VGG block in PyTorch (float32, autograd, SGD with momentum): the peer of CircuitSim's convolutions.

usage: convolution_peer.py FOLDER BATCH WARM_UP STEPS

FOLDER holds images.f32 [sample, row, column, channel] and parameters.f32, layer after layer: weights row-major [input, output] with inputs
[kernel row, kernel column, channel], then biases. Prints one line a number of threads: threads, first loss, loss of the last warm-up step,
milliseconds of each step.
"""
import sys
import time

import numpy as np
import torch
from torch import nn

folder = sys.argv[1]
batch, warm_up, steps = (int(a) for a in sys.argv[2:5])
images = torch.from_numpy(np.fromfile(f"{folder}/images.f32", dtype="<f4").reshape(batch, 32, 32, 3)).permute(0, 3, 1, 2).contiguous()
labels = torch.arange(batch) % 10
numbers = torch.from_numpy(np.fromfile(f"{folder}/parameters.f32", dtype="<f4"))


def build():
    layers, channels = [], 3
    for width in (32, 64, 128):
        for _ in range(2):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    layers += [nn.Flatten(), nn.Linear(2048, 128), nn.ReLU(), nn.Linear(128, 10)]
    net, at = nn.Sequential(*layers), 0
    for layer in net:
        if not hasattr(layer, "weight"):
            continue
        count, outputs = layer.weight.numel(), layer.weight.shape[0]
        matrix = numbers[at : at + count]
        if isinstance(layer, nn.Conv2d):
            weight = matrix.reshape(3, 3, layer.in_channels, outputs).permute(3, 2, 0, 1)
        elif layer.in_features == 2048:
            weight = matrix.reshape(4, 4, 128, outputs).permute(3, 2, 0, 1).reshape(outputs, 2048)
        else:
            weight = matrix.reshape(-1, outputs).T
        with torch.no_grad():
            layer.weight.copy_(weight)
            layer.bias.copy_(numbers[at + count : at + count + outputs])
        at += count + outputs
    return net


for threads in (1, 2):
    torch.set_num_threads(threads)
    net = build()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    loss_of = nn.CrossEntropyLoss()
    losses, times = [], []
    for step in range(warm_up + steps):
        begin = time.perf_counter()
        optimizer.zero_grad()
        loss = loss_of(net(images), labels)
        loss.backward()
        optimizer.step()
        times.append(1e3 * (time.perf_counter() - begin))
        losses.append(loss.item())
    print(threads, losses[0], losses[warm_up - 1], *times[warm_up:])
