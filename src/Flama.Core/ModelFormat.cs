namespace Flama;

/// <summary>What a model file is: how its bytes are laid out, not which library trained the model. Immutable.</summary>
/// <remarks>
/// Formats are found once, from the content, by <c>Flama.Packaging</c>; engines are chosen by them. <see cref="ModelFormats"/> lists the known
/// ones. An engine for another format makes its own. Two formats of the same name are equal.
/// </remarks>
/// <param name="Name">A short lower-case name: <c>pickle</c>, <c>xgboost-json</c>, <c>onnx</c>, …</param>
/// <param name="Description">What it is, as the end of a sentence that begins with "it is": <c>an ONNX model</c>.</param>
public sealed record ModelFormat(string Name, string Description)
{
    /// <summary>The framework that writes it, as packages name it (<c>torch</c>, <c>xgboost</c>, …); null when several do.</summary>
    public string? Framework { get; init; }

    /// <summary>What to do with such a file where no engine loads it; one or two sentences.</summary>
    public string Remedy { get; init; } = "Add an engine that loads it.";

    /// <summary>Whether such a file can hold a model; false for what is handed over by mistake, such as a notebook or a Git LFS pointer.</summary>
    public bool IsModel { get; init; } = true;

    /// <inheritdoc/>
    public bool Equals(ModelFormat? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
