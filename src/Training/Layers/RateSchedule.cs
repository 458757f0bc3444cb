namespace CircuitSim.Training.Layers;

/// <summary>How the learning rate falls.</summary>
public enum RateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is multiplied by a factor after given epochs.</summary>
    Step,

    /// <summary>Half a cosine from the first rate to zero, step by step (Loshchilov and Hutter, ICLR 2017).</summary>
    Cosine,
}
