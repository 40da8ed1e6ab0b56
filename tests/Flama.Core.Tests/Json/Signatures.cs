namespace Flama.Tests.Json;

/// <summary>The signatures that the reader's tests share.</summary>
internal static class Signatures
{
    /// <summary>Two numbers without names, as xor.</summary>
    public static TableSpec Pair { get; } = new([new(FeatureKind.Number), new(FeatureKind.Number)]);

    /// <summary>One number without a name.</summary>
    public static TableSpec Single { get; } = new([new(FeatureKind.Number)]);

    /// <summary>An unused id, a category, a number that may be missing and is cast from text, a plain number.</summary>
    public static TableSpec Customer { get; } = new(
    [
        new(FeatureKind.Any) { Name = "id", IsUsed = false },
        new(FeatureKind.Any) { Name = "country", AllowsMissing = true },
        new(FeatureKind.Number) { Name = "age", AllowsMissing = true, ParsesText = true },
        new(FeatureKind.Number) { Name = "balance" },
    ]);

    /// <summary>As <see cref="Customer"/>, for a model that picks its columns by name.</summary>
    public static TableSpec Selecting { get; } = Customer with { SelectsByName = true };

    /// <summary>One of three colours and one of two sizes.</summary>
    public static TableSpec Categorical { get; } = new(
    [
        new(FeatureKind.Any) { Name = "colour", Categories = [Scalar.Of("red"), Scalar.Of("green"), Scalar.Of("blue")] },
        new(FeatureKind.Number) { Name = "size", Categories = [Scalar.Of(1L), Scalar.Of(2.5)] },
    ]);

    /// <summary>A number that may be infinite or missing and a plain one.</summary>
    public static TableSpec Infinite { get; } = new(
    [
        new(FeatureKind.Number) { AllowsInfinity = true, AllowsMissing = true },
        new(FeatureKind.Number),
    ]);

    /// <summary>A text model.</summary>
    public static TableSpec Document { get; } = new([new(FeatureKind.Text)]) { RowForm = RowForm.Document };

    /// <summary>A dictionary vectoriser.</summary>
    public static TableSpec Record { get; } = new([]) { RowForm = RowForm.Record, HasKnownFeatures = false };

    /// <summary>Lists of any length.</summary>
    public static TableSpec List { get; } = new([]) { RowForm = RowForm.List, HasKnownFeatures = false };

    /// <summary>Every signature here, for fuzzing.</summary>
    public static IReadOnlyList<TableSpec> All { get; } =
        [Pair, Single, Customer, Selecting, Categorical, Infinite, Document, Record, List, TableSpec.Unknown];
}
