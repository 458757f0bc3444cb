namespace CircuitSim.Training.Optimizers;

/// <summary>A network that training can change: flat parameters, a loss over labelled samples, and its gradient.</summary>
internal interface IDifferentiableModel
{
    /// <summary>Parameters; call <see cref="Refresh"/> after changing them.</summary>
    Span<double> Parameters { get; }

    /// <summary>Inputs a sample.</summary>
    int InputCount { get; }

    /// <summary>Ends a pass over many samples between two pieces of them.</summary>
    CancellationToken Cancellation { set; }

    /// <summary>Takes changed parameters over.</summary>
    void Refresh();

    /// <summary>Mean loss over samples and its gradient.</summary>
    /// <param name="inputs">Inputs, [sample, input].</param>
    /// <param name="labels">Class of each sample.</param>
    /// <param name="gradient">Receives the gradient, one number a parameter.</param>
    /// <returns>Mean loss.</returns>
    double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, Span<double> gradient);

    /// <summary>Mean loss over samples, and how many are classified right.</summary>
    /// <param name="inputs">Inputs, [sample, input].</param>
    /// <param name="labels">Class of each sample.</param>
    /// <returns>Mean loss and count.</returns>
    (double Loss, int Correct) Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels);
}
