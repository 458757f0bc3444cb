namespace CircuitSim.Training.Layers;

/// <summary>The networks of Wang, Park and Lu, <i>Device Non-Ideality Effects and Architecture-aware Training in RRAM In-Memory Computing Modules</i>.</summary>
public static class PublishedNetworks
{
    private static readonly int[] VggChannels = [32, 64, 128];

    /// <summary>Toy network for MNIST (section IV.A): 22, 27 and 64 channels, then 64 to 10; four arrays.</summary>
    public static NetworkSpec MnistToy() => new()
    {
        Name = "mnist-toy",
        Input = new FeatureShape(28, 28, 1),
        Layers =
        [
            new ConvolutionSpec { OutputChannels = 22 }, new ReluSpec(), new PoolSpec { Size = 2 },
            new ConvolutionSpec { OutputChannels = 27 }, new ReluSpec(), new PoolSpec { Size = 2 },
            new ConvolutionSpec { OutputChannels = 64, Stride = 2 }, new ReluSpec(), new PoolSpec { Size = 4 },
            new FullyConnectedSpec { Outputs = 10 },
        ],
    };

    /// <summary>VGG block for CIFAR-10 (Fig. 2): six convolutions and two fully connected layers; 41 arrays of 264 x 64 or 256 x 64.</summary>
    public static NetworkSpec VggBlock() => new()
    {
        Name = "vgg-block",
        Input = new FeatureShape(32, 32, 3),
        Layers =
        [
            .. VggChannels.SelectMany(channels => (LayerSpec[])
            [
                new ConvolutionSpec { OutputChannels = channels }, new ReluSpec(),
                new ConvolutionSpec { OutputChannels = channels }, new ReluSpec(), new PoolSpec { Size = 2 },
            ]),
            new FullyConnectedSpec { Outputs = 128 }, new ReluSpec(), new FullyConnectedSpec { Outputs = 10 },
        ],
    };

    /// <summary>Wide residual network WRN-d-k for CIFAR-10 (Zagoruyko and Komodakis, BMVC 2016), without dropout.</summary>
    /// <param name="depth">d, 6·n + 4 with n blocks a group.</param>
    /// <param name="width">k, at least 1: 16·k, 32·k and 64·k channels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depth is not 6·n + 4, or the width below 1.</exception>
    public static NetworkSpec WideResidual(int depth, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (depth < 10 || (depth - 4) % 6 != 0) throw new ArgumentOutOfRangeException(nameof(depth), depth, "The depth is 6·n + 4: 10, 16, 22, 28, ….");
        List<LayerSpec> layers = [new ConvolutionSpec { OutputChannels = 16, HasBias = false }];
        int channels = 16;
        for (int group = 0; group < 3; group++)
        {
            int wide = (16 << group) * width;
            for (int block = 0; block < (depth - 4) / 6; block++)
            {
                int stride = group > 0 && block == 0 ? 2 : 1;
                LayerSpec[] activation = [new BatchNormalizationSpec(), new ReluSpec()];
                LayerSpec[] convolutions =
                [
                    new ConvolutionSpec { OutputChannels = wide, Stride = stride, HasBias = false }, .. activation,
                    new ConvolutionSpec { OutputChannels = wide, HasBias = false },
                ];
                if (channels != wide)
                {
                    // Where the width changes, normalisation and ReLU serve body and shortcut alike.
                    layers.AddRange(activation);
                    layers.Add(new ResidualSpec
                    {
                        Body = convolutions,
                        Shortcut = [new ConvolutionSpec { OutputChannels = wide, Kernel = 1, Padding = 0, Stride = stride, HasBias = false }],
                    });
                }
                else
                {
                    layers.Add(new ResidualSpec { Body = [.. activation, .. convolutions] });
                }

                channels = wide;
            }
        }

        layers.AddRange([new BatchNormalizationSpec(), new ReluSpec(), new PoolSpec { Pool = PoolKind.Average, Size = 8 }, new FullyConnectedSpec { Outputs = 10 }]);
        return new NetworkSpec { Name = $"wrn-{depth}-{width}", Input = new FeatureShape(32, 32, 3), Layers = layers };
    }
}
