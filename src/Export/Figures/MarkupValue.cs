namespace CircuitSim.Export.Figures;

/// <summary>An attribute value: text as it is, a number in drawing precision.</summary>
internal readonly record struct MarkupValue(string Text)
{
    public static implicit operator MarkupValue(string text) => new(text);

    public static implicit operator MarkupValue(double number) => new(MarkupWriter.Number(number));
}
