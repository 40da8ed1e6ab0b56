using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Flama.Packaging;

/// <summary>The artifacts of a package in the order of the file. Read-only, thread-safe.</summary>
/// <remarks>
/// Names are plain file names under the rules of POSIX and of Windows, letter case included; a package with any other name is refused when
/// it is opened. The Python writers of protocols 1 and 2 count a name's characters where their readers expect bytes, so that the originals
/// cannot read names outside of ASCII that they wrote themselves. Here such names are read, because the entries must fill their section
/// exactly; what is saved counts bytes, which every reader understands. In tar packages the direct children of <c>artifacts/</c> are
/// artifacts, directories too.
/// </remarks>
public sealed class ArtifactCollection : IReadOnlyList<Artifact>
{
    private readonly string packageName;
    private readonly Artifact[] artifacts;
    private readonly Dictionary<string, Artifact> byName;

    internal ArtifactCollection(string packageName, Artifact[] artifacts)
    {
        this.packageName = packageName;
        this.artifacts = artifacts;
        byName = artifacts.ToDictionary(artifact => artifact.Name, StringComparer.Ordinal);
        Names = Array.AsReadOnly(Array.ConvertAll(artifacts, artifact => artifact.Name));
    }

    /// <summary>The names in the order of the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many there are; often zero.</summary>
    public int Count => artifacts.Length;

    /// <summary>The artifact at a position.</summary>
    public Artifact this[int index] => artifacts[index];

    /// <summary>The artifact of a name.</summary>
    /// <exception cref="FlamaException">There is none (<see cref="ErrorCodes.ArtifactNotFound"/>).</exception>
    public Artifact this[string name] => TryGet(name, out var artifact)
        ? artifact
        : throw new FlamaException(
            ErrorCodes.ArtifactNotFound,
            $"'{packageName}' has no artifact '{ArtifactName.Display(name)}'.",
            Count == 0 ? "It has none." : $"It has: {string.Join(", ", Names.Take(10))}{(Count > 10 ? $" and {Count - 10} more" : "")}.");

    /// <summary>Finds the artifact of a name, letter case included.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Artifact? artifact)
    {
        ArgumentNullException.ThrowIfNull(name);
        return byName.TryGetValue(name, out artifact);
    }

    /// <inheritdoc/>
    public IEnumerator<Artifact> GetEnumerator() => ((IEnumerable<Artifact>)artifacts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => artifacts.GetEnumerator();
}
