namespace Flama.Hosting.Repository;

/// <summary>Keeps the models of a repository within a budget of memory. Thread-safe; no call of a loaded model comes here.</summary>
/// <remarks>
/// What was not used for the longest time goes first, down to nine tenths of the budget, so that not every load unloads. See <see cref="MemoryShare"/> for what a model counts.
/// </remarks>
internal sealed class MemoryLedger(long budget, TimeSpan residency, Func<long> heapBytes)
{
    private const double LowWater = 0.9;

    // Objects that are there for each model whatever it is.
    private const long LeastBytes = 16 << 10;

    private readonly Lock sync = new();
    private readonly HashSet<RepositoryVersion> residents = [];
    private readonly MemoryShare share = new(budget, heapBytes);
    private long reserved;

    /// <summary>The bytes of all loaded models, as far as is known.</summary>
    public long Used
    {
        get
        {
            lock (sync)
            {
                return Total() - reserved;
            }
        }
    }

    /// <summary>Notes what the process holds without the models.</summary>
    public void Begin() => share.Begin();

    /// <summary>Makes room for a model; unloads others where that is needed.</summary>
    /// <param name="bytes">About what it takes.</param>
    /// <exception cref="FlamaException">What could be unloaded is not enough (<see cref="ErrorCodes.Overloaded"/>).</exception>
    public void Reserve(long bytes)
    {
        lock (sync)
        {
            MakeRoom(bytes, keep: null);
            reserved += bytes;
        }
    }

    /// <summary>Replaces a reservation by a loaded model.</summary>
    /// <param name="version">The model.</param>
    /// <param name="reservation">What was reserved for it; 0 afterwards.</param>
    /// <param name="raw">What loading it allocated, or what stayed of that.</param>
    /// <param name="isExact">Whether it is what stayed.</param>
    /// <param name="stays">Whether it stays where there is no room for it: it answers calls already.</param>
    /// <exception cref="FlamaException">
    /// It is larger than was thought, and there is no room for it (<see cref="ErrorCodes.Overloaded"/>), or never will be (<see cref="ErrorCodes.LimitExceeded"/>).
    /// </exception>
    public void Settle(RepositoryVersion version, ref long reservation, long raw, bool isExact, bool stays = false)
    {
        lock (sync)
        {
            reserved -= reservation;
            reservation = 0;
            Put(version, raw, isExact);
            try
            {
                MakeRoom(0, version);
            }
            catch (FlamaException) when (stays)
            {
                // The next load makes room.
            }
            catch
            {
                var bytes = version.Charge.Bytes;
                Drop(version);
                if (bytes > budget)
                {
                    throw new FlamaException(
                        ErrorCodes.LimitExceeded, $"The model takes {bytes} bytes of memory, more than the repository's budget of {budget}.", "Give the repository a larger budget.");
                }

                throw;
            }
        }
    }

    /// <summary>Gives a reservation up.</summary>
    public void Cancel(long reservation)
    {
        lock (sync)
        {
            reserved -= reservation;
        }
    }

    /// <summary>Notes that a model was unloaded, by no wish of the ledger.</summary>
    public void Remove(RepositoryVersion version)
    {
        lock (sync)
        {
            Memory.HeapTrim.Note(version.Charge.Bytes);
            Drop(version);
        }
    }

    /// <summary>What a model of so many bytes of allocations is likely to take.</summary>
    public long Estimate(long raw)
    {
        lock (sync)
        {
            return Math.Max(LeastBytes, share.Of(raw));
        }
    }

    private void Put(RepositoryVersion version, long raw, bool isExact)
    {
        version.Charge = new(raw, isExact, Math.Max(LeastBytes, isExact ? raw : share.Of(raw)));
        residents.Add(version);
    }

    private void Drop(RepositoryVersion version)
    {
        residents.Remove(version);
        version.Charge = default;
    }

    private void MakeRoom(long bytes, RepositoryVersion? keep)
    {
        if (Total() + bytes <= budget || (share.TryMeasure([.. residents.Select(version => version.Charge)]) && Total(anew: true) + bytes <= budget))
        {
            return;
        }

        var total = Total() + bytes;
        var now = Environment.TickCount64;
        var candidates = residents
            .Where(version => version != keep && !version.IsPinned && version.Users == 0 && now - version.LoadedAt >= residency.TotalMilliseconds)
            .OrderBy(version => version.LastUsed).ToList();
        if (total - candidates.Sum(version => version.Charge.Bytes) > budget || (total -= Unload(candidates, total)) > budget)
        {
            throw new FlamaException(
                ErrorCodes.Overloaded, "There is no memory left for the model: others are in use, or have only just been loaded.", "Send the request again later.");
        }

        Total(anew: true);
    }

    private long Unload(List<RepositoryVersion> candidates, long total)
    {
        share.BeginUnloading();
        long sum = 0;
        List<MemoryCharge> unloaded = [];
        foreach (var candidate in candidates.TakeWhile(_ => total - sum > budget * LowWater))
        {
            // Unless it came into use meanwhile.
            if (candidate.TryUnload())
            {
                sum += candidate.Charge.Bytes;
                unloaded.Add(candidate.Charge);
                Drop(candidate);
            }
        }

        share.EndUnloading(unloaded);
        return sum;
    }

    private long Total(bool anew = false)
    {
        if (anew)
        {
            foreach (var version in residents)
            {
                Put(version, version.Charge.Raw, version.Charge.IsExact);
            }
        }

        return reserved + residents.Sum(version => version.Charge.Bytes);
    }
}
