using System.Globalization;

namespace CircuitSim.Export.Sweep;

/// <summary>Counts chips and says how long the rest will take. Thread-safe.</summary>
internal sealed class SweepMeter(IProgress<SweepProgress>? progress, TimeProvider time, long total, long done)
{
    private readonly Lock _gate = new();
    private long _done = done, _fresh;
    private long? _start;

    internal void Say(string message)
    {
        lock (_gate) progress?.Report(new SweepProgress(_done, total, message, null));
    }

    internal void Add(SweepPoint point)
    {
        lock (_gate)
        {
            _start ??= time.GetTimestamp();
            _done++;
            _fresh++;
            double seconds = time.GetElapsedTime(_start.Value).TotalSeconds;
            // The first chip pays for the compiler.
            TimeSpan? left = _fresh < 3 ? null : TimeSpan.FromSeconds(seconds / (_fresh - 1) * (total - _done));
            progress?.Report(new SweepProgress(_done, total, string.Create(CultureInfo.InvariantCulture, $"{_done} of {total} chips, point {point.Index} ({point.Label})"), left));
        }
    }

    /// <summary>Chips that a stop rule made unnecessary.</summary>
    internal void Skip(long count)
    {
        lock (_gate) _done += count;
    }
}
