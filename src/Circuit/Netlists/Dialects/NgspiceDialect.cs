using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Dialects;

/// <summary>ngspice, which every deck is run in.</summary>
internal sealed class NgspiceDialect : SpiceDialect
{
    public override string Name => "ngspice";

    public override string Simulator => "ngspice";

    public override string Extension => ".cir";

    public override string? Manual => null;

    internal override ExpressionSyntax Expressions => ExpressionSyntax.Ngspice;

    // ngspice 39 keeps eleven digits of a number inside a B source, and the whole of a parameter.
    internal override int ExpressionDigits => 11;

    public override string Command(string file) => $"ngspice -b {file}";

    internal override string ParameterUse(string name) => $"{{{name}}}";

    internal override IEnumerable<string> Options(Netlist netlist) =>
        Wrapped(".options", netlist.Options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => o.Value.Length == 0 ? o.Key : $"{o.Key}={o.Value}"));

    // E and G hold an expression too, under other names and in quotes.
    internal override string Source(string name, string plus, string minus, bool isVoltage, string expression) => name[0] is 'e' or 'g'
        ? $"{name} {plus} {minus} {(isVoltage ? "vol" : "cur")}='{expression}'"
        : $"{name} {plus} {minus} {(isVoltage ? "v" : "i")}={expression}";
}
