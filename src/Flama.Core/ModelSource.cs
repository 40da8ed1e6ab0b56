namespace Flama;

/// <summary>A model's bytes on the way from a container to an engine.</summary>
/// <param name="Name">The file's name without its directory, for messages.</param>
/// <param name="Payload">The model's bytes: a pickle, an ONNX graph, …; the container's own wrapping removed.</param>
public sealed record ModelSource(string Name, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The framework the container names (<c>sklearn</c>, <c>torch</c>, …); null for a bare file.</summary>
    public string? Framework { get; init; }

    /// <summary>When the file was last written; null when it is not known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The container's metadata; null for a bare file, whose engine then makes some.</summary>
    public ModelMetadata? Metadata { get; init; }
}
