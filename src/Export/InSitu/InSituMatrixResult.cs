namespace CircuitSim.Export.InSitu;

/// <summary>A finished table of trainings.</summary>
public sealed record InSituMatrixResult
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>Devices by modes, in the order of the experiment.</summary>
    public required IReadOnlyList<InSituConfiguration> Configurations { get; init; }

    /// <summary>The floating-point network of the same shape, splits and budget.</summary>
    public required InSituConfiguration FloatingPoint { get; init; }

    /// <summary>Trainings that were run now; those kept from an earlier call are not counted.</summary>
    public required int TrainedCount { get; init; }

    /// <summary>Wall-clock time of this call, seconds.</summary>
    public required double Seconds { get; init; }
}
