namespace Flama.Pickle;

/// <summary>Everything that a pickle names and what it asks for, found without running or loading it. Immutable.</summary>
public sealed class PickleAudit
{
    internal PickleAudit(IReadOnlyList<AuditedGlobal> globals, PickleException? failure)
    {
        Globals = globals;
        Failure = failure;
    }

    /// <summary>The classes and functions, in the order in which the file names them first.</summary>
    /// <remarks>Complete where <see cref="Failure"/> is null; else as far as the file was read.</remarks>
    public IReadOnlyList<AuditedGlobal> Globals { get; }

    /// <summary>Why the file could not be read to its end: damage, or a limit; null when it could.</summary>
    public PickleException? Failure { get; }

    /// <summary>The codec of a compressed file; null for a plain one.</summary>
    public string? Compression { get; init; }

    /// <summary>The number of bytes after decompression; 0 when it failed.</summary>
    public long StreamBytes { get; init; }

    /// <summary>How many values the file makes.</summary>
    public long Values { get; init; }

    /// <summary>An estimate of the memory that the values take, in bytes; arrays that lie in the file do not count.</summary>
    public long ValueBytes { get; init; }

    /// <summary>Whether the file was read to its end and nothing in it is refused.</summary>
    public bool IsClean => Failure is null && !Globals.Any(global => global.Use == AuditedUse.Refused);
}
