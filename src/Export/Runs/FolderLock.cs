using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>One process works on the folder of a run, sweep or table of trainings at a time.</summary>
/// <remarks>
/// The lock is a file that the system keeps locked for the process, so that it ends with the process, however that ends. Another one beside it names the owner: host,
/// process, and the time at which that began. Where folders are shared between machines the system may lock in vain: the owner touches that file every few seconds, and one
/// that has not done so for a minute is taken for dead.
/// </remarks>
internal sealed class FolderLock : IDisposable
{
    internal const string FileName = ".circuitsim.lock", OwnerFileName = ".circuitsim.owner";

    private const int MostAttempts = 20, MostOwnerBytes = 4096;

    private static readonly TimeSpan TouchInterval = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromMinutes(1);

    // The system's clock and no caller's: it is compared with times that the system gives to files.
    private static DateTime UtcNow => TimeProvider.System.GetUtcNow().UtcDateTime;

    private readonly string _root;
    private readonly bool _isNewFolder;
    private readonly FileStream _stream;
    private readonly Timer _touch;
    private bool _isDisposed;

    private FolderLock(string root, bool isNewFolder, FileStream stream)
    {
        (_root, _isNewFolder, _stream) = (root, isNewFolder, stream);
        _touch = new Timer(_ => Touch(), null, TouchInterval, TouchInterval);
    }

    /// <summary>Takes a folder, and makes it where it is not there.</summary>
    /// <exception cref="RunFolderException">Another process works on it.</exception>
    /// <exception cref="InputFileException">The lock is a link.</exception>
    internal static FolderLock Take(string root)
    {
        bool isNew = !Directory.Exists(root);
        Directory.CreateDirectory(root);
        string path = Path.Combine(root, FileName), owner = Path.Combine(root, OwnerFileName);
        InnerPath.RefuseLink(path);
        InnerPath.RefuseLink(owner);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (Open(path) is not { } stream) throw Busy(root, Expected(owner));
            try
            {
                // Who held the file before may have removed it between our opening and our locking it: then another one may stand in its place.
                if (IsInPlace(path, stream))
                {
                    if (Read(owner) is { } last && IsAlive(last, owner)) throw Busy(root, last);
                    WriteOwner(owner);
                    return new FolderLock(root, isNew, stream);
                }
            }
            catch
            {
                stream.Dispose();
                throw;
            }

            stream.Dispose();
        }

        throw Busy(root, Expected(owner));
    }

    /// <summary>Whether an entry of a folder is of a lock, or was left half written by a run: nothing of the user's.</summary>
    internal static bool IsOwn(string entry)
    {
        string name = Path.GetFileName(entry);
        return name is FileName or OwnerFileName || AtomicFile.IsLeftover(name);
    }

    /// <summary>Refuses links in the folder, and clears what dead owners left half written. For folders that are known to be the run's.</summary>
    /// <exception cref="InputFileException">A file or folder in it is a link.</exception>
    internal FolderLock Cleared()
    {
        try
        {
            RefuseLinks(_root);
            ClearLeftovers(_root);
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _touch.Dispose();
        // Removed while it is still locked, so that nobody's else is removed.
        try
        {
            File.Delete(Path.Combine(_root, OwnerFileName));
            File.Delete(Path.Combine(_root, FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written keeps it; the next owner takes it over.
        }

        _stream.Dispose();
        if (!_isNewFolder || !Directory.Exists(_root) || Directory.EnumerateFileSystemEntries(_root).Any()) return;
        try
        {
            Directory.Delete(_root);
        }
        catch (IOException)
        {
            // Somebody else began to write there.
        }
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static bool IsInPlace(string path, FileStream stream)
    {
        // A time of our own on the file that we hold: another file at the path has another one.
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, DateTime.UnixEpoch.AddSeconds(RandomNumberGenerator.GetInt32(int.MaxValue)));
        return File.Exists(path) && File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(stream.SafeFileHandle);
    }

    private static void WriteOwner(string path)
    {
        try
        {
            File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(Owner.Present()));
        }
        catch (IOException)
        {
            // On a full disk the lock has no name, and holds all the same.
        }
    }

    private static bool IsAlive(Owner owner, string path) =>
        owner.Host == Environment.MachineName ? owner.IsRunningHere() : UtcNow - File.GetLastWriteTimeUtc(path) < Patience;

    private static RunFolderException Busy(string root, Owner? owner)
    {
        string who = owner is null ? "another process"
            : string.Create(CultureInfo.InvariantCulture, $"process {owner.Process} on {Shown(owner.Host)}, since {owner.Since:u} ({(UtcNow - owner.Since).TotalSeconds:F0} s)");
        return new RunFolderException($"'{root}' is being worked on by {who}; wait until it ends, or give another folder with --output.");
    }

    private static string Shown(string host) => new([.. host.Take(60).Where(c => !char.IsControl(c))]);

    // Who has just locked the folder is about to write his name.
    private static Owner? Expected(string path)
    {
        for (int i = 0; i < MostAttempts && Read(path) is null; i++) Thread.Sleep(10);
        return Read(path);
    }

    private static Owner? Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and < MostOwnerBytes }) return null;
            Owner? owner = JsonSerializer.Deserialize<Owner>(File.ReadAllBytes(path));
            return owner?.Host is null ? null : owner;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Cut short, gone, or not ours: no owner, and the system's lock has said the rest.
            return null;
        }
    }

    private static void RefuseLinks(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = 0, IgnoreInaccessible = false };
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options))
            {
                if (entry.LinkTarget is not null) InnerPath.RefuseLink(entry.FullName);
                if (entry is DirectoryInfo) folders.Push(entry.FullName);
            }
        }
    }

    private static void ClearLeftovers(string root)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Where(e => AtomicFile.IsLeftover(Path.GetFileName(e))).ToArray())
        {
            if (File.Exists(entry)) File.Delete(entry);
            else if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
        }
    }

    private void Touch()
    {
        try
        {
            File.SetLastWriteTimeUtc(Path.Combine(_root, OwnerFileName), UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The lock holds; only other machines would see it age.
        }
    }

    private sealed record Owner(string Host, int Process, DateTime Started, DateTime Since)
    {
        private static readonly Owner Now = Make();

        internal static Owner Present() => Now with { Since = UtcNow };

        // A number is given to another process when its owner has ended: only both together are one process.
        internal bool IsRunningHere()
        {
            if (Process == Environment.ProcessId) return false;
            try
            {
                using Process process = System.Diagnostics.Process.GetProcessById(Process);
                return Math.Abs((process.StartTime.ToUniversalTime() - Started).TotalSeconds) < 2;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }

        private static Owner Make()
        {
            using Process self = System.Diagnostics.Process.GetCurrentProcess();
            return new Owner(Environment.MachineName, self.Id, self.StartTime.ToUniversalTime(), UtcNow);
        }
    }
}
