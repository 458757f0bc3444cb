using CircuitSim.Circuit.Errors;

namespace CircuitSim.Export.Runs;

/// <summary>Results of one kind of vector units would be continued with another, and nobody has asked for that.</summary>
/// <param name="what">What was computed already.</param>
/// <param name="made">Vector units that computed it.</param>
/// <param name="present">Vector units of this process.</param>
public sealed class VectorUnitsException(string what, string made, string present) : CircuitSimException(
    $"{what} was computed with vector units '{(made.Length > 0 ? made : "not recorded")}', this process has '{present}': sums are added up in another order, so that last digits differ "
    + "(node voltages by up to 1e-11 V). Continue on a machine of the first kind, give --mix-widths to mix them and have it said in the results, or --force to begin again in the same folder.");
