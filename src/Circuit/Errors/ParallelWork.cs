using System.Runtime.ExceptionServices;

namespace CircuitSim.Circuit.Errors;

/// <summary>Parallel loops whose errors come out as they were thrown, not wrapped: callers see the type that says what happened.</summary>
public static class ParallelWork
{
    /// <summary>Runs a body for every index from 0.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="body">Called once an index, from several threads.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void For(int count, ParallelOptions options, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException all)
        {
            Rethrow(all);
        }
    }

    /// <summary>Runs a body for every index from 0, with memory of its own for each thread.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="memory">Makes the memory of a thread.</param>
    /// <param name="body">Called once an index, from several threads.</param>
    /// <typeparam name="TMemory">What a thread keeps.</typeparam>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void For<TMemory>(int count, ParallelOptions options, Func<TMemory> memory, Action<int, TMemory> body)
    {
        try
        {
            Parallel.For(0, count, options, memory, (i, _, own) =>
            {
                body(i, own);
                return own;
            }, _ => { });
        }
        catch (AggregateException all)
        {
            Rethrow(all);
        }
    }

    // What a user can act on comes before what is our own fault.
    private static void Rethrow(AggregateException all)
    {
        System.Collections.ObjectModel.ReadOnlyCollection<Exception> errors = all.Flatten().InnerExceptions;
        ExceptionDispatchInfo.Throw(errors.FirstOrDefault(e => e is CircuitSimException) ?? errors[0]);
    }
}
