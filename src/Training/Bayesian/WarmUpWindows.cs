namespace CircuitSim.Training.Bayesian;

/// <summary>When during warm-up the mass matrix is estimated: after a first stretch, over windows that double in length, until a last stretch.</summary>
/// <remarks>75, 25 and 50 draws for the first stretch, the first window and the last stretch, as in the Stan reference manual; in proportion 15, 75 and 10 % where warm-up is shorter.</remarks>
internal sealed class WarmUpWindows
{
    private readonly int _begin, _end;
    private readonly HashSet<int> _closing = [];

    internal WarmUpWindows(int warmUpCount)
    {
        bool isShort = warmUpCount < 150;
        int first = isShort ? (int)(0.15 * warmUpCount) : 75;
        int last = isShort ? (int)(0.1 * warmUpCount) : 50;
        (_begin, _end) = (first, warmUpCount - last);
        int length = isShort ? _end - _begin : 25;
        for (int start = _begin; start < _end; length *= 2)
        {
            // A window that would leave too little for the next takes all that is left.
            int stop = start + length;
            if (stop + 2 * length > _end) stop = _end;
            _closing.Add(stop - 1);
            start = stop;
        }
    }

    /// <summary>Whether a draw counts for the mass matrix.</summary>
    /// <param name="draw">Index from 0 within warm-up.</param>
    internal bool Counts(int draw) => draw >= _begin && draw < _end;

    /// <summary>Whether the mass matrix is renewed after a draw.</summary>
    /// <param name="draw">Index from 0 within warm-up.</param>
    internal bool Closes(int draw) => _closing.Contains(draw);
}
