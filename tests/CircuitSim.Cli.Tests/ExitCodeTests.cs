using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Cli.Tests;

[Trait("Kind", "closed form")]
public class ExitCodeTests
{
    public static TheoryData<Exception, int> Codes => new()
    {
        { new OperationCanceledException(), 130 },
        { new UsageException("x"), 2 },
        { new RunFolderException("x"), 2 },
        { new InputFileException("a", "b"), 3 },
        { new InvalidDesignException("a", ["b"]), 3 },
        { new TopologyException("a", ["b"]), 3 },
        { new FileNotFoundException(), 3 },
        { new SingularSystemException("a", "b"), 4 },
        { new ConvergenceException("a", 1, 1, "V", "n", 0, 1, "b"), 4 },
        { new TrainingDivergedException("a", 1, "b", 1), 4 },
        { new SamplingException("a"), 4 },
        { new EngineException("ngspice", "b"), 4 },
        { new InvalidOperationException(), 1 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_of_error_has_its_exit_code(Exception error, int expected) => Assert.Equal(expected, ExitCode.For(error));
}
