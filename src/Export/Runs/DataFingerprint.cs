using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Runs;

/// <summary>Fingerprints of what a run reads: samples, images, and files byte by byte.</summary>
internal static class DataFingerprint
{
    /// <summary>Changes with any sample, label or name of the sets, and with any byte of the experiment's own table.</summary>
    internal static string Of(DataSettings settings, params IEnumerable<DataSet> sets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DataSet set in sets)
        {
            Append(hash, set.Name, set.Source, set.FeatureNames ?? [], set.ClassNames, set.ImageWidth ?? 0, set.ImageHeight ?? 0, set.SampleCount);
            hash.AppendData(MemoryMarshal.AsBytes(set.Inputs.Span));
            hash.AppendData(MemoryMarshal.AsBytes(set.Labels.Span));
        }

        if (settings.Label is not null) hash.AppendData(InputBytes.Read(settings.Set));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Changes with any pixel, label or name of the images.</summary>
    internal static string Of(ImageSplit images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (LabelledImages set in (LabelledImages[])[images.Training, images.Test])
        {
            Append(hash, set.Name, set.ClassNames, set.Height, set.Width, set.Channels, set.Count);
            hash.AppendData(set.Pixels.Span);
            hash.AppendData(set.Labels.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Changes with any byte and any name of the files; folders stand for every file below them, and what is missing counts as missing.</summary>
    internal static string OfFiles(IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths)
        {
            bool isFolder = Directory.Exists(path);
            string[] files = isFolder ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [path];
            foreach (string file in files)
            {
                bool exists = File.Exists(file);
                Append(hash, isFolder ? Path.GetRelativePath(path, file) : Path.GetFileName(file), exists);
                if (!exists) continue;
                using FileStream stream = File.OpenRead(file);
                hash.AppendData(SHA256.HashData(stream));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, params object[] facts) => hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(facts)));
}
