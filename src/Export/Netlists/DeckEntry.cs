using System.Security.Cryptography;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Netlists;

/// <summary>One exported deck, as the index beside the decks lists it.</summary>
public sealed record DeckEntry
{
    /// <summary>File name within the folder of its dialect.</summary>
    public required string File { get; init; }

    /// <summary>What the deck holds.</summary>
    public required string Description { get; init; }

    /// <summary>Dialect, for example <c>ngspice</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>Index from 0 within the held-out samples; null for a transient through several.</summary>
    public required int? Sample { get; init; }

    /// <summary>How much of the wires the deck holds.</summary>
    public required DeckWires Wires { get; init; }

    /// <summary>Layer index from 0 that an excerpt is taken from; null for a deck of the whole network.</summary>
    public required int? ExcerptLayer { get; init; }

    /// <summary>Nodes of the deck, ground not counted.</summary>
    public required int NodeCount { get; init; }

    /// <summary>Elements of the deck, subcircuits expanded.</summary>
    public required int ElementCount { get; init; }

    /// <summary>Why a simulator with the solver Sparse 1.3, such as ngspice 39, is not asked to solve this deck; null when it is.</summary>
    public required string? RefusedBecause { get; init; }

    /// <summary>Estimated time of ngspice with KLU, seconds.</summary>
    public double KluSeconds { get; init; }

    /// <summary>Estimated time of our own engine from the deck's text, seconds.</summary>
    public double NativeSeconds { get; init; }

    /// <summary>SHA-256 of the deck as it was written, hexadecimal; null in an index that does not have it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>SHA-256 of a file, hexadecimal; empty when it cannot be read.</summary>
    internal static string HashOf(string path)
    {
        try
        {
            using FileStream file = System.IO.File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
