using System.Text.Json;

namespace Flama;

/// <summary>A model on the way from a file to an engine.</summary>
/// <param name="Name">The file's name without its directory, for messages.</param>
/// <param name="Format">What the payload is, by its content.</param>
/// <param name="Payload">The model's bytes: a pickle, an ONNX graph, …; the container's own wrapping removed.</param>
public sealed record ModelSource(string Name, ModelFormat Format, ModelPayload Payload)
{
    /// <summary>The files that belong to the payload: external weights, vocabularies, the rest of a directory; often none.</summary>
    public IReadOnlyList<SideFile> SideFiles { get; init; } = [];

    /// <summary>
    /// Finds a file of the directory that the payload is in by its path below it, where the payload is a bare file that may need some; null for none. The files are not listed:
    /// the directory may be anybody's.
    /// </summary>
    public Func<string, SideFile?>? FindBeside { get; init; }

    /// <summary>The framework the container names (<c>sklearn</c>, <c>torch</c>, …); null for a bare file. A hint: engines are chosen by format.</summary>
    public string? Framework { get; init; }

    /// <summary>
    /// The size of the file that all of this came from, in bytes: bounds what an engine lets come out of it, however many layers are compressed; null when
    /// it is not known.
    /// </summary>
    public long? FileLength { get; init; }

    /// <summary>When the file was last written; null when it is not known, as for bytes and streams.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The container's metadata; null for a bare file, whose engine then makes some.</summary>
    public ModelMetadata? Metadata { get; init; }

    /// <summary>The names of the columns where the container tells them and the model does not: a signature; null for none.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>The names of the classes where the container tells them and the model only numbers them, in the model's order; null for none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>What training had in the columns, where the container tells: a signature; as many as columns, null for none.</summary>
    public IReadOnlyList<CellTypes>? ColumnTypes { get; init; }

    /// <summary>The JSON Schema of the rows where the container has one, <c>extra.schema</c> or an artifact <c>schema.json</c>; null for none.</summary>
    public ReadOnlyMemory<byte>? Schema { get; init; }

    /// <summary>Rows that the container keeps as an example, in the form of a request's <c>input</c>; null for none.</summary>
    public JsonElement? InputExample { get; init; }

    /// <summary>The method that the container means by <c>predict</c>; null for the model's own.</summary>
    public string? PredictMethod { get; init; }

    /// <summary>The models that rows go through first, in order: steps that were saved apart. Each must be able to transform. Often none.</summary>
    public IReadOnlyList<ModelSource> Before { get; init; } = [];

    /// <summary>Which model of a payload with several, where the container tells; see <see cref="LoadOptions.ModelKey"/>, which wins.</summary>
    public string? ModelKey { get; init; }

    /// <summary>What the tensors look like that the model takes, where the container tells; see <see cref="LoadOptions.InputShapes"/>, which win. Often none.</summary>
    public IReadOnlyList<InputShape> InputShapes { get; init; } = [];

    /// <summary>Finds a side file by its path, letter case included; null when there is none.</summary>
    public SideFile? FindSideFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return SideFiles.FirstOrDefault(file => string.Equals(file.Path, path, StringComparison.Ordinal)) ?? FindBeside?.Invoke(path);
    }
}
