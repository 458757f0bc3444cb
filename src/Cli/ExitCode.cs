using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Cli;

/// <summary>Exit codes of the program: the one place that turns errors into numbers.</summary>
internal static class ExitCode
{
    internal const int Done = 0;
    internal const int OurBug = 1;
    internal const int Usage = 2;
    internal const int BadInput = 3;
    internal const int Numerical = 4;
    internal const int LimitMissed = 5;
    internal const int Cancelled = 130;

    /// <summary>What a shell tells of a program that a closed pipe ended.</summary>
    internal const int OutputClosed = 141;

    internal static int For(Exception exception) => exception switch
    {
        OperationCanceledException => Cancelled,
        OutputClosedException => OutputClosed,
        UsageException or RunFolderException or VectorUnitsException => Usage,
        ConvergenceException or SingularSystemException or TrainingDivergedException or SamplingException => Numerical,
        EngineException => Numerical,
        InputFileException or InvalidDesignException or TopologyException or ConductanceRangeException => BadInput,
        CircuitSimException => BadInput,
        IOException or UnauthorizedAccessException => BadInput,
        _ => OurBug,
    };
}
