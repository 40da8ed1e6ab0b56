namespace Flama;

/// <summary>The rows that a method takes. Immutable.</summary>
/// <param name="Features">The features in training order; empty when the model does not tell how many it takes.</param>
public sealed record TableSpec(IReadOnlyList<Feature> Features) : InputSpec
{
    /// <summary>The specification of a method that takes rows of any width and checks them itself.</summary>
    public static TableSpec Unknown { get; } = new([]) { HasKnownFeatures = false };

    /// <summary>What one row looks like.</summary>
    public RowForm RowForm { get; init; } = RowForm.Cells;

    /// <summary>Whether <see cref="Features"/> lists exactly what a row must have.</summary>
    public bool HasKnownFeatures { get; init; } = true;

    /// <summary>Whether the model picks columns by name, so that objects may have more keys than the model uses.</summary>
    public bool SelectsByName { get; init; }

    /// <summary>Names that rows given as objects may have besides, and that are not looked at. Default none.</summary>
    public IReadOnlyList<string> IgnoredNames { get; init; } = [];

    /// <summary>Whether the features have names.</summary>
    public bool HasNames => Features.Count > 0 && Features.All(feature => feature.Name is not null);
}
