using System.Reflection;
using System.Text;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;

namespace CircuitSim.Rules.Tests;

/// <summary>The public API is one text file per assembly; a change of it shows in the diff of a commit.</summary>
[Trait("Kind", "golden")]
public class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Assemblies => ["Circuit", "Mapping", "Training", "Export"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_api_is_the_one_on_record(string name)
    {
        Assembly assembly = name switch
        {
            "Circuit" => typeof(CrossbarSpec).Assembly,
            "Mapping" => typeof(NetworkMapper).Assembly,
            "Training" => typeof(DataSet).Assembly,
            _ => typeof(Experiment).Assembly,
        };

        Golden.Matches($"tests/CircuitSim.Rules.Tests/Golden/{name}.api.txt", Describe(assembly));
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        // The optional engine is not in every build; what it shows is ICircuitEngine.
        foreach (Type type in assembly.GetExportedTypes().Where(t => t.Namespace != "CircuitSim.Circuit.Engines.SpiceSharp").OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (string member in type.GetMembers(Declared).Select(Show).OfType<string>().Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "class",
        _ => "open class",
    };

    private static string? Show(MemberInfo member) => member switch
    {
        ConstructorInfo { IsPublic: true } c => $"new({Parameters(c)})",
        MethodInfo { IsPublic: true, IsSpecialName: false } m when !IsMadeByCompiler(m) =>
            $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        PropertyInfo p when p.GetMethod?.IsPublic == true && p.Name != "EqualityContract" =>
            $"{(p.GetMethod.IsStatic ? "static " : "")}{Name(p.PropertyType)} {p.Name}{(p.SetMethod?.IsPublic == true ? " { get; init; }" : " { get; }")}",
        FieldInfo { IsPublic: true, IsSpecialName: false } f => $"{(f.IsLiteral ? "const " : "")}{Name(f.FieldType)} {f.Name}",
        _ => null,
    };

    private static bool IsMadeByCompiler(MethodInfo method) =>
        method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = …" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
