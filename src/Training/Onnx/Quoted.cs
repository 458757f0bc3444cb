namespace CircuitSim.Training.Onnx;

/// <summary>Names out of a file, made fit for a message.</summary>
internal static class Quoted
{
    private const int Limit = 80;

    public static string Name(string text) => $"'{Plain(text)}'";

    public static string Plain(string text)
    {
        string clean = string.Concat(text.Take(Limit).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > Limit ? clean + "…" : clean;
    }
}
