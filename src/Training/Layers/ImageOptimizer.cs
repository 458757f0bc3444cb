namespace CircuitSim.Training.Layers;

/// <summary>How parameters follow their gradients.</summary>
public enum ImageOptimizer
{
    /// <summary>Gradient descent with momentum, plain or after Nesterov.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba, ICLR 2015).</summary>
    Adam,
}
