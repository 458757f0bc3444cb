using System.ComponentModel;
using System.Diagnostics;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>How a child is shut in: it sees the system read-only, may write to its own folder alone, and has no network.</summary>
internal sealed class Confinement
{
    // Programs write temporary files to /tmp whatever they are told: they get an empty one, with their folder and what they read put back.
    // Every other file system becomes read-only; a second user namespace, which owns none of them, then cannot undo it.
    private const string Script =
        """
        folder=$1
        mount --make-rprivate / 2>/dev/null
        case "$folder" in /tmp/*) ;; *) mount --bind "$folder" "$folder" || exit 125 ;; esac
        mount --rbind /tmp /mnt && mount -t tmpfs tmpfs /tmp || exit 125
        while [ "$1" != "--" ]; do
            case "$1" in /tmp/*) mkdir -p "$1" && mount --bind "/mnt${1#/tmp}" "$1" || exit 125 ;; esac
            shift
        done
        shift
        umount -l /mnt || exit 125
        while read -r _ place _; do
            [ "$place" = "$folder" ] || [ "$place" = /tmp ] || mount -o remount,bind,ro "$place" 2>/dev/null
        done < /proc/self/mounts
        cd "$folder" || exit 125
        exec unshare --user -- "$@"
        """;

    private const string TemporaryRoot = "/tmp/";

    private static readonly Lazy<Confinement> Found = new(Find);

    private readonly Func<string, IReadOnlyList<string>, IReadOnlyList<string>> _before;

    private Confinement(string description, Func<string, IReadOnlyList<string>, IReadOnlyList<string>> before) => (Description, _before) = (description, before);

    /// <summary>What this system offers.</summary>
    internal static Confinement Present => Found.Value;

    /// <summary>In words, for reports.</summary>
    internal string Description { get; }

    /// <summary>Whether there is any.</summary>
    internal bool IsThere => _before("", []).Count > 0;

    /// <summary>A command line within the confinement.</summary>
    /// <param name="folder">The child's own folder, an absolute path.</param>
    /// <param name="reads">Folders that the child has to see even where they lie among temporary files.</param>
    /// <param name="command">Program and arguments.</param>
    internal IReadOnlyList<string> Command(string folder, IEnumerable<string> reads, IReadOnlyList<string> command) =>
        [.. _before(folder, [.. reads.Where(r => r.StartsWith(TemporaryRoot, StringComparison.Ordinal)).Distinct()]), .. command];

    private static Confinement Find()
    {
        var none = new Confinement("not confined: this system has neither bubblewrap nor user namespaces that a program may make", (_, _) => []);
        if (!OperatingSystem.IsLinux()) return none;
        string? bubblewrap = Program("bwrap"), unshare = Program("unshare"), shell = Program("sh");
        var offers = new List<Confinement>();
        if (bubblewrap is not null)
        {
            offers.Add(new Confinement("confined by bubblewrap", (folder, reads) =>
            [
                bubblewrap, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", .. reads.SelectMany(r => new[] { "--ro-bind", r, r }), "--bind", folder, folder, "--unshare-all", "--die-with-parent", "--new-session",
                "--chdir", folder, "--",
            ]));
        }

        if (unshare is not null && shell is not null)
        {
            offers.Add(new Confinement("confined by user namespaces", (folder, reads) =>
            [
                unshare, "--user", "--map-root-user", "--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child", shell, "-c", Script, shell, folder, .. reads, "--",
            ]));
        }

        return shell is null ? none : offers.FirstOrDefault(o => o.Holds(shell)) ?? none;
    }

    private static readonly string[] ProgramFolders = ["/usr/bin/", "/bin/", "/usr/local/bin/"];

    private static string? Program(string name) => ProgramFolders.Select(folder => folder + name).FirstOrDefault(File.Exists);

    // It counts only when a program runs in it, writes into its folder, and cannot write beside it.
    private bool Holds(string shell)
    {
        using var outer = new RunFolder(null);
        string inner = Directory.CreateDirectory(Path.Combine(outer.Path, "inner")).FullName;
        IReadOnlyList<string> command = Command(inner, [], [shell, "-c", "echo in > in; echo out > ../out"]);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = inner };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                process.Kill(entireProcessTree: true);
                return false;
            }
        }
        catch (Win32Exception)
        {
            return false;
        }

        return File.Exists(Path.Combine(inner, "in")) && !File.Exists(Path.Combine(outer.Path, "out"));
    }
}
