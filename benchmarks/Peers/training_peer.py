"""One epoch of PHAX training in PyTorch (float32, autograd): the peer of CircuitSim's trainer.

usage: training_peer.py FOLDER INPUTS HIDDEN OUTPUTS SAMPLES BATCH RATIO SCALE EPOCHS

FOLDER holds inputs.f64 [sample, input] in volts, labels.i32, parameters.f64 (theta over SCALE, layer after layer, row-major
[wordLine, neuron]) and order.i32. Prints one line per set-up: threads, Adam variant, loss of the first batch, median and best
milliseconds an epoch.
"""
import statistics
import sys
import time

import numpy as np
import torch

folder = sys.argv[1]
n_in, n_hidden, n_out, samples, batch = (int(a) for a in sys.argv[2:7])
ratio, scale = float(sys.argv[7]), float(sys.argv[8])
epochs = int(sys.argv[9])
rail = 0.25
k1, c1, k2, c2 = 31.7581, -0.0235, 193.0602, -0.0203


def load(name, dtype):
    return np.fromfile(f"{folder}/{name}", dtype=dtype)


inputs = torch.from_numpy(load("inputs.f64", "<f8").reshape(samples, n_in)).float()
labels = torch.from_numpy(load("labels.i32", "<i4")).long()
order = torch.from_numpy(load("order.i32", "<i4")).long()
start = torch.from_numpy(load("parameters.f64", "<f8")).float()
first_count = (2 * n_in + 2) * n_hidden
targets = torch.zeros(samples, n_out)
targets[torch.arange(samples), labels] = 1.0


def conductances(parameters):
    sigma = 1 + ratio * torch.sigmoid(scale * parameters)
    return sigma, 1 / sigma.sum(0)


def loss_of(first, second, x, t):
    sigma, inverse = conductances(first)
    difference = sigma[0 : 2 * n_in : 2] - sigma[1 : 2 * n_in : 2]
    gate = (x @ difference + rail * (sigma[-2] - sigma[-1])) * inverse
    n = -rail * torch.tanh(k1 * (gate - c1))
    p = rail * torch.tanh(k2 * (gate - c2))
    sigma, inverse = conductances(second)
    gate = (n @ sigma[0 : 2 * n_hidden : 2] + p @ sigma[1 : 2 * n_hidden : 2] + rail * (sigma[-2] - sigma[-1])) * inverse
    logits = -2 * k1 * (gate - c1)
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, t, reduction="sum") / x.shape[0]


for threads in (1, 2):
    torch.set_num_threads(threads)
    for foreach in (False, True):
        first = start[:first_count].reshape(2 * n_in + 2, n_hidden).clone().requires_grad_()
        second = start[first_count:].reshape(2 * n_hidden + 2, n_out).clone().requires_grad_()
        adam = torch.optim.Adam([first, second], lr=0.01, foreach=foreach)
        first_loss = None
        times = []
        for epoch in range(epochs):
            begin = time.perf_counter()
            for s in range(0, samples, batch):
                chosen = order[s : s + batch]
                adam.zero_grad(set_to_none=True)
                loss = loss_of(first, second, inputs[chosen], targets[chosen])
                loss.backward()
                adam.step()
                if first_loss is None:
                    first_loss = float(loss)
            times.append(1e3 * (time.perf_counter() - begin))
        times = times[3:]
        print(f"{threads} {'foreach' if foreach else 'plain'} {first_loss:.9g} {statistics.median(times):.4f} {min(times):.4f}")
