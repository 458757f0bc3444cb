using System.Numerics;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>AC analysis: (G + jωC)·x = b at the operating point, solved as a real system of twice the size.</summary>
internal sealed class SmallSignalSolver(NativeCircuit circuit, NewtonSolver newton)
{
    /// <summary>Runs the sweep at an operating point.</summary>
    public AcResult Run(AcAnalysis ac, double[] operatingPoint, OutputVectors outputs, CancellationToken cancellationToken)
    {
        newton.State.Mode = LoadMode.SmallSignal;
        newton.Load(operatingPoint);
        var stimulus = new Complex[circuit.Size];
        foreach (NativeDevice device in circuit.Devices) device.LoadStimulus(stimulus);

        SparseMatrix source = circuit.Matrix, doubled = Doubled(source, out int[] slots);
        SparseLu lu = SparseLu.Create(doubled, out int singularColumn, cancellationToken) ?? throw newton.Singular(singularColumn / 2);
        IReadOnlyList<double> frequencies = ac.FrequenciesHertz;
        var recorder = new OutputRecorder<Complex>(outputs);
        var vector = new double[2 * circuit.Size];
        foreach (double hertz in frequencies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double omega = 2 * Math.PI * hertz;
            for (int p = 0; p < source.EntryCount; p++)
            {
                double real = source.Values[p], imaginary = omega * newton.State.ReactiveValues[p];
                doubled.Values[slots[4 * p]] = real;
                doubled.Values[slots[4 * p + 1]] = real;
                doubled.Values[slots[4 * p + 2]] = -imaginary;
                doubled.Values[slots[4 * p + 3]] = imaginary;
            }

            if (lu.Factor() is >= 0 and int singular) throw newton.Singular(singular / 2);
            for (int i = 0; i < stimulus.Length; i++) (vector[2 * i], vector[2 * i + 1]) = (stimulus[i].Real, stimulus[i].Imaginary);
            lu.Solve(vector);
            Complex[] x = [.. Enumerable.Range(0, circuit.Size).Select(i => new Complex(vector[2 * i], vector[2 * i + 1]))];
            recorder.Add(x);
        }

        return new AcResult(frequencies, recorder.NodeVolts(), recorder.BranchAmps());
    }

    /// <summary>Every entry becomes a 2×2 block: real parts on its diagonal, imaginary parts beside it.</summary>
    private static SparseMatrix Doubled(SparseMatrix source, out int[] slots)
    {
        var pattern = new SparsePattern();
        for (int column = 0; column < source.Size; column++)
        {
            for (int p = source.ColumnStarts[column]; p < source.ColumnStarts[column + 1]; p++)
            {
                int row = source.RowIndices[p];
                pattern.Add(2 * row, 2 * column);
                pattern.Add(2 * row + 1, 2 * column + 1);
                pattern.Add(2 * row, 2 * column + 1);
                pattern.Add(2 * row + 1, 2 * column);
            }
        }

        return pattern.Build(2 * source.Size, out slots);
    }
}
