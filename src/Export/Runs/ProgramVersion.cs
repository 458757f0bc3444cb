using System.Security.Cryptography;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Mapping;
using CircuitSim.Training.Phax;

namespace CircuitSim.Export.Runs;

/// <summary>Version and build of this program, as documents and run folders name it.</summary>
/// <remarks>
/// The build is made of the module ids of the assemblies that compute. The compiler derives those from the sources, so that equal sources
/// make equal builds wherever they are compiled, and any change of them makes another.
/// </remarks>
public static class ProgramVersion
{
    private const int BuildDigits = 12;

    /// <summary>The version that releases are called by, for example <c>0.1.0</c>.</summary>
    public static string Release { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);

    /// <summary>Twelve hexadecimal digits that change with the sources.</summary>
    public static string Build { get; } = BuildOf(
        [typeof(CrossbarSpec).Module.ModuleVersionId, typeof(NetworkMapper).Module.ModuleVersionId, typeof(PhaxTrainer).Module.ModuleVersionId, typeof(ProgramVersion).Module.ModuleVersionId]);

    /// <summary>Version and build, for example <c>0.1.0+6f1d2c3b4a59</c>.</summary>
    public static string Text { get; } = $"{Release}+{Build}";

    private static string BuildOf(IEnumerable<Guid> modules) =>
        Convert.ToHexStringLower(SHA256.HashData([.. modules.SelectMany(m => m.ToByteArray())]))[..BuildDigits];
}
