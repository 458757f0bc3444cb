using System.Numerics;

namespace CircuitSim.Circuit.Linear;

/// <summary>As many numbers as 64 bytes hold, handled together, so that one kernel serves both precisions and wide and narrow vector units.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T">double or float.</typeparam>
internal unsafe interface IDenseLanes<TSelf, T>
    where TSelf : struct, IDenseLanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Eight doubles or sixteen floats.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(T value);

    /// <summary>Reads from an address on a 64-byte boundary.</summary>
    static abstract TSelf Load(T* from);

    /// <summary>Reads from any address.</summary>
    static abstract TSelf LoadAnywhere(T* from);

    /// <summary>Writes to any address.</summary>
    static abstract void StoreAnywhere(T* to, TSelf value);

    /// <summary>Writes to an address on a 64-byte boundary.</summary>
    static abstract void Store(T* to, TSelf value);

    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>a·b + c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);
}
