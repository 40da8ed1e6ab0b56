namespace Flama.Hosting.Auditing;

/// <summary>Where an audit log is, and how long.</summary>
public sealed class AuditOptions
{
    internal const int LeastFileBytes = 4096;

    /// <summary>The file that is written; older entries are in files beside it, named after it and the number of their last entry.</summary>
    public string Path { get; set; } = "audit.jsonl";

    /// <summary>From which length in bytes a file is closed and another begun, 4096 or more. Default 64 MiB.</summary>
    public long MaxFileBytes { get; set; } = 64 << 20;

    /// <summary>How long closed files are kept after their last entry; null (default) for ever.</summary>
    public TimeSpan? KeepFor { get; set; }
}
