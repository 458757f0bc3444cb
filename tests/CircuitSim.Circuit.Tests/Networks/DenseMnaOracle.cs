using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Networks;

/// <summary>
/// Independent operating point of a flat netlist of resistors, voltage sources, EKV transistors and subcircuit calls: full
/// modified nodal analysis, Newton with limited steps and source stepping, Gaussian elimination with pivoting.
/// </summary>
internal sealed class DenseMnaOracle
{
    private readonly Dictionary<string, int> _index = new() { [Netlist.Ground] = -1 };
    private readonly List<Element> _elements = [];
    private readonly double[] _x;
    private readonly int _nodes, _sources;

    private DenseMnaOracle(Netlist netlist)
    {
        foreach (Element element in netlist.Elements) Flatten(element, netlist);
        foreach (Element element in _elements)
            foreach (string node in element.Nodes)
                if (!_index.ContainsKey(node)) _index[node] = _index.Count - 1;
        _nodes = _index.Count - 1;
        _sources = _elements.Count(e => e is VoltageSource);
        _x = new double[_nodes + _sources];
        for (int step = 1; step <= 8; step++) Newton(step / 8.0);
    }

    internal static DenseMnaOracle Solve(Netlist netlist) => new(netlist);

    internal double this[string node] => _index[node] < 0 ? 0 : _x[_index[node]];

    internal IEnumerable<string> Nodes => _index.Keys.Where(k => k != Netlist.Ground);

    private void Flatten(Element element, Netlist netlist)
    {
        if (element is not SubcircuitCall call)
        {
            _elements.Add(element);
            return;
        }

        SubcircuitDefinition body = netlist.Subcircuits.Single(s => s.Name == call.Subcircuit);
        Dictionary<string, string> outer = body.Ports.Zip(call.Nodes).ToDictionary(p => p.First, p => p.Second);
        foreach (Element inner in body.Elements)
        {
            var mosfet = (EkvMosfet)inner;
            _elements.Add(new EkvMosfet(
                $"{call.Name}.{mosfet.Name}", outer[mosfet.Drain], outer[mosfet.Gate], outer[mosfet.Source], outer[mosfet.Bulk], mosfet.Model));
        }
    }

    private void Newton(double scale)
    {
        for (int iteration = 0; iteration < 500; iteration++)
        {
            double[] step = Step(scale);
            double largest = step.Take(_nodes).Max(Math.Abs);
            double length = Math.Min(1, 0.05 / largest);
            for (int i = 0; i < _x.Length; i++) _x[i] += length * step[i];
            if (largest < 1e-13) return;
        }

        throw new InvalidOperationException("The oracle's Newton did not converge.");
    }

    private double[] Step(double scale)
    {
        int n = _x.Length;
        var a = new double[n, n];
        var f = new double[n];
        int branch = _nodes;
        foreach (Element element in _elements)
        {
            int[] at = [.. element.Nodes.Select(node => _index[node])];
            switch (element)
            {
                case Resistor r:
                    double amps = (V(at[0]) - V(at[1])) / r.Ohms;
                    AddCurrent(at[0], amps, (at[0], 1 / r.Ohms), (at[1], -1 / r.Ohms));
                    AddCurrent(at[1], -amps, (at[0], -1 / r.Ohms), (at[1], 1 / r.Ohms));
                    break;
                case VoltageSource v:
                    AddCurrent(at[0], _x[branch], (branch, 1));
                    AddCurrent(at[1], -_x[branch], (branch, -1));
                    AddCurrent(branch, V(at[0]) - V(at[1]) - scale * v.Volts, (at[0], 1), (at[1], -1));
                    branch++;
                    break;
                case EkvMosfet m:
                    EkvCurrent i = EkvTransistor.Evaluate(m.Model, V(at[0]), V(at[1]), V(at[2]), V(at[3]));
                    foreach ((int node, double sign) in new[] { (at[0], 1.0), (at[2], -1.0) })
                        AddCurrent(node, sign * i.DrainAmps, (at[0], sign * i.PerDrainVolt), (at[1], sign * i.PerGateVolt),
                            (at[2], sign * i.PerSourceVolt), (at[3], sign * i.PerBulkVolt));
                    break;
                default:
                    throw new NotSupportedException(element.Name);
            }
        }

        return Eliminate(a, f);

        double V(int node) => node < 0 ? 0 : _x[node];

        void AddCurrent(int row, double value, params (int Column, double Derivative)[] derivatives)
        {
            if (row < 0) return;
            f[row] -= value;
            foreach ((int column, double derivative) in derivatives)
                if (column >= 0) a[row, column] += derivative;
        }
    }

    private static double[] Eliminate(double[,] a, double[] f)
    {
        int n = f.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(a[i, k]) > Math.Abs(a[pivot, k])) pivot = i;
            for (int j = k; j < n; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            (f[k], f[pivot]) = (f[pivot], f[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i, k] / a[k, k];
                if (factor == 0) continue;
                for (int j = k; j < n; j++) a[i, j] -= factor * a[k, j];
                f[i] -= factor * f[k];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) f[i] -= a[i, j] * f[j];
            f[i] /= a[i, i];
        }

        return f;
    }
}
