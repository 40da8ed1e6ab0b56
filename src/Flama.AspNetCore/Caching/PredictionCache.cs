using System.Collections.Concurrent;
using Flama.AspNetCore.Stores;
using Microsoft.Extensions.Caching.Memory;

namespace Flama.AspNetCore.Caching;

/// <summary>Answers that were computed once: in memory, and in a store that instances share where there is one. Thread-safe.</summary>
/// <remarks>
/// Not HybridCache: its keys are texts and its values are copied at every hit, which is more than a small prediction costs. What is computed by one request is waited
/// for by those that want the same.
/// </remarks>
internal sealed class PredictionCache(PredictionCacheOptions options, IPredictionStore? store, StoreCircuit circuit, TimeProvider time) : IDisposable
{
    // What an entry takes besides its bytes.
    private const int EntryBytes = 400;

    // An answer that is larger would drive out too many others.
    private const int Share = 16;

    private readonly MemoryCache memory = new(new MemoryCacheOptions { SizeLimit = options.MaxBytes, Clock = new CacheClock(time) });
    private readonly ConcurrentDictionary<PredictionKey, TaskCompletionSource<byte[]?>> flights = new();
    private readonly long mostBytes = options.MaxBytes / Share;

    /// <summary>The options.</summary>
    public PredictionCacheOptions Options => options;

    /// <summary>An answer in memory.</summary>
    public byte[]? Find(PredictionKey key) => memory.TryGetValue(key, out var found) ? (byte[])found! : null;

    /// <summary>An answer from the store, from another request that computes it now, or computed.</summary>
    /// <param name="key">What it depends on.</param>
    /// <param name="time">How long it is kept.</param>
    /// <param name="isShared">Whether other instances may have the same model.</param>
    /// <param name="call">Computes it. What that throws is thrown here, and nothing is kept.</param>
    /// <param name="cancellationToken">Ends the waiting for another request.</param>
    public async ValueTask<byte[]> GetAsync(PredictionKey key, TimeSpan time, bool isShared, CachedCall call, CancellationToken cancellationToken)
    {
        TaskCompletionSource<byte[]?> own = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var flight = flights.GetOrAdd(key, own);
        if (flight != own)
        {
            // The other one may fail for a reason of its own: its client leaves, for example.
            return await flight.Task.WaitAsync(cancellationToken) ?? await call.ComputeAsync();
        }

        byte[]? answer = null;
        try
        {
            answer = Find(key);
            if (answer is not null)
            {
                return answer;
            }

            answer = isShared ? await FindSharedAsync(key) : null;
            if (answer is not null)
            {
                Keep(key, answer, time);
                return answer;
            }

            answer = await call.ComputeAsync();
            Keep(key, answer, time);
            if (isShared)
            {
                KeepShared(key, answer, time);
            }

            return answer;
        }
        finally
        {
            flights.TryRemove(new(key, own));
            own.SetResult(answer);
        }
    }

    public void Dispose() => memory.Dispose();

    private void Keep(PredictionKey key, byte[] answer, TimeSpan time)
    {
        if (answer.Length <= mostBytes)
        {
            using var entry = memory.CreateEntry(key);
            entry.Value = answer;
            entry.Size = answer.Length + EntryBytes;
            entry.AbsoluteExpirationRelativeToNow = time;
        }
    }

    private async ValueTask<byte[]?> FindSharedAsync(PredictionKey key)
    {
        if (store is null || !circuit.MayCall)
        {
            return null;
        }

        var (isKnown, found) = await circuit.CallAsync(static state => state.store.GetAsync(state.Name), (store, key.Name));
        return isKnown && CachedAnswer.IsWhole(found) ? found : null;
    }

    // No request waits for it.
    private void KeepShared(PredictionKey key, byte[] answer, TimeSpan time)
    {
        if (store is not null && answer.Length <= mostBytes && circuit.MayCall)
        {
            _ = circuit.CallAsync(static state => state.store.SetAsync(state.Name, state.answer, state.time), (store, key.Name, answer, time)).AsTask();
        }
    }
}
