namespace CircuitSim.Training.InSitu;

/// <summary>How gradients become requests.</summary>
public enum InSituOptimizer
{
    /// <summary>Learning rate times the sum of the batch's gradients.</summary>
    Sgd,

    /// <summary>The step of Adam (Kingma and Ba, ICLR 2015), whose moments are kept digitally; the arrays get the step as their request.</summary>
    Adam,
}
