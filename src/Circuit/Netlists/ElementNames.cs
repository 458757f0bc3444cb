namespace CircuitSim.Circuit.Netlists;

/// <summary>Names of elements inside subcircuits, by ngspice and here.</summary>
internal static class ElementNames
{
    /// <summary>The name of a source that the netlist uses: <c>v.x1.vin</c>, ngspice's name of vin inside instance x1, is <c>x1.vin</c>.</summary>
    public static string FromNgspice(string name)
    {
        bool isInside = name.Length > 4 && name[1] == '.' && name[2] == 'x' && name.LastIndexOf('.') is > 2 and int last && last + 1 < name.Length && name[last + 1] == name[0];
        return isInside ? name[2..] : name;
    }

    /// <summary>ngspice's name of an element inside a subcircuit begins with the element's letter: x1.v1 is v.x1.v1.</summary>
    public static string ToNgspice(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 || dot + 1 == name.Length ? name : $"{name[dot + 1]}.{name}";
    }
}
