using System.Numerics;
using CircuitSim.Circuit.Netlists;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>The operating point of a linear circuit in rational numbers: every double of the netlist as it is, nothing rounded until the end.</summary>
internal sealed class ExactCircuit
{
    private readonly Dictionary<string, int> _unknowns = [];
    private Rational[,] _matrix = new Rational[0, 0];
    private Rational[] _right = [];

    /// <summary>Node voltages, rounded once, or null when the circuit has no unique solution.</summary>
    public static Dictionary<string, double>? Solve(IReadOnlyList<Element> elements) => new ExactCircuit().Run(elements);

    private Dictionary<string, double>? Run(IReadOnlyList<Element> elements)
    {
        foreach (string node in elements.SelectMany(e => e.Nodes))
            if (node != Netlist.Ground) _unknowns.TryAdd(node, _unknowns.Count);
        string[] nodes = [.. _unknowns.Keys];
        foreach (Element element in elements)
            if (element is VoltageSource or VoltageControlledVoltageSource or CurrentControlledVoltageSource or Inductor) _unknowns.Add("i " + element.Name, _unknowns.Count);
        int n = _unknowns.Count;
        _matrix = new Rational[n, n];
        _right = new Rational[n];
        for (int i = 0; i < n; i++)
        {
            _right[i] = Rational.Zero;
            for (int j = 0; j < n; j++) _matrix[i, j] = Rational.Zero;
        }

        foreach (Element element in elements) Stamp(element);
        if (!Eliminate(n)) return null;
        return nodes.ToDictionary(node => node, node => _right[_unknowns[node]].ToDouble());
    }

    private void Stamp(Element element)
    {
        switch (element)
        {
            case Resistor r:
                Current(r.Plus, r.Minus, r.Plus, r.Minus, Rational.One / Rational.Of(r.Ohms));
                break;
            case VoltageControlledCurrentSource g:
                Current(g.Plus, g.Minus, g.ControlPlus, g.ControlMinus, Rational.Of(g.Gain));
                break;
            case CurrentControlledCurrentSource f:
                Current(f.Plus, f.Minus, "i " + f.Control, Netlist.Ground, Rational.Of(f.Gain));
                break;
            case CurrentSource i:
                AddRight(i.Plus, Rational.Of(-i.Value.AtDc));
                AddRight(i.Minus, Rational.Of(i.Value.AtDc));
                break;
            case VoltageSource v:
                AddRight(Branch(v), Rational.Of(v.Value.AtDc));
                break;
            case Inductor l:
                Branch(l);
                break;
            case VoltageControlledVoltageSource e:
                string branch = Branch(e);
                Add(branch, e.ControlPlus, -Rational.Of(e.Gain));
                Add(branch, e.ControlMinus, Rational.Of(e.Gain));
                break;
            case CurrentControlledVoltageSource h:
                Add(Branch(h), "i " + h.Control, -Rational.Of(h.Gain));
                break;
            case Capacitor:
                break;
            default:
                throw new XunitException($"{element.Name} is not linear.");
        }
    }

    private string Branch(Element element)
    {
        string branch = "i " + element.Name;
        Current(element.Nodes[0], element.Nodes[1], branch, Netlist.Ground, Rational.One);
        Add(branch, element.Nodes[0], Rational.One);
        Add(branch, element.Nodes[1], -Rational.One);
        return branch;
    }

    private void Current(string from, string to, string plus, string minus, Rational factor)
    {
        Add(from, plus, factor);
        Add(from, minus, -factor);
        Add(to, plus, -factor);
        Add(to, minus, factor);
    }

    private void Add(string row, string column, Rational value)
    {
        if (row != Netlist.Ground && column != Netlist.Ground) _matrix[_unknowns[row], _unknowns[column]] += value;
    }

    private void AddRight(string row, Rational value)
    {
        if (row != Netlist.Ground) _right[_unknowns[row]] += value;
    }

    private bool Eliminate(int n)
    {
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            while (pivot < n && _matrix[pivot, k].IsZero) pivot++;
            if (pivot == n) return false;
            for (int j = 0; j < n; j++) (_matrix[k, j], _matrix[pivot, j]) = (_matrix[pivot, j], _matrix[k, j]);
            (_right[k], _right[pivot]) = (_right[pivot], _right[k]);
            for (int i = 0; i < n; i++)
            {
                if (i == k || _matrix[i, k].IsZero) continue;
                Rational factor = _matrix[i, k] / _matrix[k, k];
                for (int j = k; j < n; j++)
                    if (!_matrix[k, j].IsZero) _matrix[i, j] -= factor * _matrix[k, j];
                _right[i] -= factor * _right[k];
            }
        }

        for (int k = 0; k < n; k++) _right[k] /= _matrix[k, k];
        return true;
    }

    /// <summary>A fraction in lowest terms.</summary>
    private readonly struct Rational
    {
        private readonly BigInteger _top, _bottom;

        private Rational(BigInteger top, BigInteger bottom)
        {
            BigInteger common = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
            (_top, _bottom) = (top / common, bottom / common);
        }

        public static Rational Zero { get; } = new(0, 1);

        public static Rational One { get; } = new(1, 1);

        public bool IsZero => _top.IsZero;

        public static Rational Of(double value)
        {
            if (value == 0) return Zero;
            long bits = BitConverter.DoubleToInt64Bits(value);
            int exponent = (int)((bits >> 52) & 0x7ff) - 1075;
            BigInteger mantissa = (bits & 0xfffffffffffff) | 0x10000000000000;
            if (value < 0) mantissa = -mantissa;
            return exponent >= 0 ? new Rational(mantissa << exponent, 1) : new Rational(mantissa, BigInteger.One << -exponent);
        }

        public static Rational operator +(Rational a, Rational b) => new(a._top * b._bottom + b._top * a._bottom, a._bottom * b._bottom);

        public static Rational operator -(Rational a, Rational b) => a + -b;

        public static Rational operator -(Rational a) => new(-a._top, a._bottom);

        public static Rational operator *(Rational a, Rational b) => new(a._top * b._top, a._bottom * b._bottom);

        public static Rational operator /(Rational a, Rational b) => new(a._top * b._bottom, a._bottom * b._top);

        public double ToDouble()
        {
            if (_top.IsZero) return 0;
            // 70 bits of quotient are more than a double takes.
            int shift = 70 - (int)(BigInteger.Abs(_top).GetBitLength() - _bottom.GetBitLength());
            BigInteger quotient = shift >= 0 ? (_top << shift) / _bottom : _top / (_bottom << -shift);
            return Math.ScaleB((double)quotient, -shift);
        }
    }
}
