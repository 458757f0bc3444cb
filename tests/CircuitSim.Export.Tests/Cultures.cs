using System.Globalization;

namespace CircuitSim.Export.Tests;

/// <summary>Runs code under a culture.</summary>
internal static class Cultures
{
    public static string In(string name, Func<string> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
