namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Derivatives by differences, as the independent check of exact ones.</summary>
internal static class CentralDifference
{
    /// <summary>Fourth-order central difference of a function at a point; its error is of the order of the step to the fourth.</summary>
    internal static double Of(Func<double, double> function, double at, double step) =>
        (8 * (function(at + step) - function(at - step)) - (function(at + 2 * step) - function(at - 2 * step))) / (12 * step);
}
