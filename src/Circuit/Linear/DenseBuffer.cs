using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Numbers in pinned memory that begins on a cache line, for kernels that take pointers.</summary>
internal sealed unsafe class DenseBuffer
{
    private const int LineLength = 8;
    private readonly double[] _storage;

    internal DenseBuffer(long length, bool isCleared = true)
    {
        Length = length;
        _storage = isCleared
            ? GC.AllocateArray<double>(checked((int)(length + LineLength)), pinned: true)
            : GC.AllocateUninitializedArray<double>(checked((int)(length + LineLength)), pinned: true);
        var start = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage));
        Start = (double*)(((nuint)start + 63) & ~(nuint)63);
    }

    internal long Length { get; }

    /// <summary>First number; valid as long as the buffer is alive.</summary>
    internal double* Start { get; }

    internal Span<double> Span => new(Start, checked((int)Length));
}
