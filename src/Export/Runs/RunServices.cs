using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;

namespace CircuitSim.Export.Runs;

/// <summary>What a run takes from its surroundings, so that nothing is read in hiding.</summary>
public sealed record RunServices
{
    /// <summary>Folder with data sets that do not ship, or null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Folders in which engines such as ngspice are looked for, joined as in the PATH variable; null finds none.</summary>
    public string? EngineSearchPath { get; init; }

    /// <summary>Folder of the npm package eecircuit-engine, which holds ngspice as WebAssembly; null when there is none.</summary>
    public string? EecircuitFolder { get; init; }

    /// <summary>What the user trusts beyond a deck and its folder.</summary>
    public DeckTrust Trust { get; init; } = DeckTrust.None;

    /// <summary>Engines of this process that read exported decks back and solve them from their text: our own second solver and, in builds with it, SpiceSharp.</summary>
    public IReadOnlyList<ICircuitEngine> DeckEngines { get; init; } = [new NativeEngine()];

    /// <summary>Version and build of the program; stages that another one made are made again.</summary>
    public string Program { get; init; } = ProgramVersion.Text;

    /// <summary>Vector units that compute, as documents name them; results of different ones are not mixed unasked.</summary>
    public string VectorUnits { get; init; } = Circuit.Linear.VectorUnits.Name;

    /// <summary>Whether results that other vector units computed are continued, and both named in documents.</summary>
    public bool MixesVectorUnits { get; init; }

    /// <summary>Chips that a sweep may have, all points together.</summary>
    public long MostSweepChips { get; init; } = ExperimentLimits.SweepChips;

    /// <summary>Clock for the log.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told how far a stage is, or null.</summary>
    public IProgress<RunProgress>? Progress { get; init; }
}
