namespace CircuitSim.Training.Data;

/// <summary>How samples are divided into a training and a test part.</summary>
public enum SplitKind
{
    /// <summary>Each class is divided in the same proportion, as far as whole samples allow.</summary>
    Stratified,

    /// <summary>Samples are drawn without regard to their class.</summary>
    Random,
}
