using Flama.Pickle.Auditing;

namespace Flama.Pickle;

/// <summary>Counts the values and the memory of one load, nested streams included, and stops it at a limit.</summary>
internal sealed class PickleBudget(PickleLimits limits, long streamBytes, long fileBytes)
{
    private readonly long maxBytes =
        (long)Math.Min(
            limits.MaxBytes,
            Math.Max(limits.RatioFreeBytes, Math.Min(Math.Min(limits.MaxRatio * streamBytes, limits.MaxFileRatio * fileBytes), long.MaxValue / 2.0)));

    private long bytes;
    private long objects;

    /// <summary>The limits.</summary>
    public PickleLimits Limits { get; } = limits;

    /// <summary>Notes what the streams name, in an audit; null in a load.</summary>
    public PickleAuditor? Auditor { get; init; }

    /// <summary>How many values were counted.</summary>
    public long Objects => objects;

    /// <summary>How much memory was counted.</summary>
    public long Bytes => bytes;

    /// <summary>How many streams nest at this moment.</summary>
    public int Streams { get; set; }

    /// <summary>Counts a value.</summary>
    /// <param name="size">The memory it takes, in bytes.</param>
    /// <param name="offset">Where in the stream.</param>
    public void AddObject(long size, long offset)
    {
        objects++;
        bytes += size;
        if (bytes > maxBytes || objects > Limits.MaxObjects)
        {
            Refuse(offset);
        }
    }

    /// <summary>Counts memory.</summary>
    /// <param name="size">How much, in bytes; must not be negative.</param>
    /// <param name="offset">Where in the stream.</param>
    public void AddBytes(long size, long offset)
    {
        if (size > maxBytes - bytes)
        {
            bytes = maxBytes;
            Refuse(offset, overBytes: true);
        }

        bytes += size;
    }

    private void Refuse(long offset, bool overBytes = false) => throw new PickleException(
        PickleErrorCode.LimitExceeded,
        overBytes || bytes > maxBytes
            ? $"The pickle's values would take more than {maxBytes} bytes of memory, seen at byte {offset}."
            : $"The pickle has more than {Limits.MaxObjects} values, seen at byte {offset}.",
        offset,
        remedy: "If the file is trusted, raise the limit in PickleLimits.");
}
