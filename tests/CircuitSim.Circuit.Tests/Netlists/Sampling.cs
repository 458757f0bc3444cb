using System.Numerics;

namespace CircuitSim.Circuit.Tests.Netlists;

/// <summary>Values of a course between its points, on straight lines.</summary>
internal static class Sampling
{
    public static T At<T>(IReadOnlyList<double> times, IReadOnlyList<T> values, double t)
        where T : INumberBase<T>
    {
        int low = 0, high = times.Count - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (times[middle] <= t) low = middle;
            else high = middle;
        }

        return values[low] + (values[high] - values[low]) * T.CreateChecked((t - times[low]) / (times[high] - times[low]));
    }
}
