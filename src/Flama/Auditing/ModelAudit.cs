using Flama.Pickle;

namespace Flama;

/// <summary>What an audit of a model file found: what it is, what it names, sizes, digests, and what is refused. Immutable.</summary>
/// <remarks>Nothing in the file is run, and nothing is written to disk. <see cref="ModelAuditor"/> makes audits.</remarks>
public sealed record ModelAudit
{
    /// <summary>The file's name, without its directory.</summary>
    public required string File { get; init; }

    /// <summary>How it ended.</summary>
    public AuditVerdict Verdict { get; init; }

    /// <summary>The size of the file, in bytes; null when it cannot be read, or is a directory.</summary>
    public long? Bytes { get; init; }

    /// <summary>The digest of the file, in lower-case hexadecimal; null when it cannot be read, or is a directory.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The container: <c>Bare</c>, <c>G1</c>, <c>Protocol2</c>, …; null when the file is none.</summary>
    public string? Container { get; init; }

    /// <summary>The format of the model in it; null when it is not known.</summary>
    public ModelFormat? Format { get; init; }

    /// <summary>The model's bytes; null when they cannot be read.</summary>
    public AuditedPart? Model { get; init; }

    /// <summary>The files that came with the model.</summary>
    public IReadOnlyList<AuditedPart> Artifacts { get; init; } = [];

    /// <summary>What the model's pickle names and asks for; null where the model is not a pickle.</summary>
    public PickleAudit? Pickle { get; init; }

    /// <summary>What is wrong, limits that were reached included; empty for a clean file.</summary>
    public IReadOnlyList<AuditFinding> Findings { get; init; } = [];

    /// <summary>What a user of the model should know that is not wrong, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
