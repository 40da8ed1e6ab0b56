using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Stores;

/// <summary>Stands between requests and a store that instances share: what it does not answer soon is done without, and after a failure it is left alone for a while. Thread-safe.</summary>
/// <param name="consequence">What the absence of the store means, for the one warning of each outage.</param>
/// <param name="logger">Takes the warning.</param>
internal sealed class StoreCircuit(string consequence, ILogger<StoreCircuit> logger)
{
    // In milliseconds. A store in the same network answers in less than one.
    private const int Patience = 100, Rest = 1000;

    private long closedFrom;
    private int isOut;

    /// <summary>Whether the store can be asked. After a failure and a rest, one caller at a time tries.</summary>
    public bool MayCall
    {
        get
        {
            var from = Volatile.Read(ref closedFrom);
            if (from == 0)
            {
                return true;
            }

            var now = Environment.TickCount64;
            return now >= from && Interlocked.CompareExchange(ref closedFrom, now + Rest, from) == from;
        }
    }

    /// <summary>Asks the store.</summary>
    /// <returns>Whether it has answered in time, and what.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary to another process: whatever fails there, the request goes on.")]
    public async ValueTask<(bool Succeeded, TResult? Result)> CallAsync<TState, TResult>(Func<TState, Task<TResult>> call, TState state)
    {
        try
        {
            var task = call(state);
            var result = task.IsCompletedSuccessfully ? task.Result : await task.WaitAsync(TimeSpan.FromMilliseconds(Patience));
            Close();
            return (true, result);
        }
        catch (Exception failure)
        {
            Open(failure);
            return (false, default);
        }
    }

    private void Close()
    {
        if (Volatile.Read(ref closedFrom) != 0)
        {
            Volatile.Write(ref closedFrom, 0);
            if (Interlocked.Exchange(ref isOut, 0) == 1)
            {
                Log.StoreIsBack(logger);
            }
        }
    }

    private void Open(Exception failure)
    {
        Volatile.Write(ref closedFrom, Environment.TickCount64 + Rest);
        if (Interlocked.Exchange(ref isOut, 1) == 0)
        {
            Log.StoreIsOut(logger, consequence, failure is TimeoutException ? "it does not answer in time" : failure.Message);
        }
    }
}
