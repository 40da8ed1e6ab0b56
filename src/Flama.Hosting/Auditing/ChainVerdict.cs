namespace Flama.Hosting.Auditing;

/// <summary>What is known of an audit log after every line was checked.</summary>
/// <param name="Files">How many files belong to it.</param>
/// <param name="First">The number of its first entry; larger than 1 where older files were removed; 0 for an empty log.</param>
/// <param name="Last">The number of its last entry; 0 for an empty log.</param>
/// <param name="Head">The hash of the last entry, which stands for all of them; null for an empty log.</param>
/// <param name="Problem">Where the chain is broken and how; null when every entry is as it was written.</param>
public sealed record ChainVerdict(int Files, long First, long Last, string? Head, string? Problem)
{
    /// <summary>Whether every entry is as it was written, and none is missing between the first and the last.</summary>
    public bool IsIntact => Problem is null;
}
