namespace Flama.Boosters;

/// <summary>What one method of a booster answers per row, and what rows it takes.</summary>
/// <param name="Method">The Python name, one of <see cref="BoosterMethods"/>.</param>
/// <param name="Kind">What the values are; labels are positions in <see cref="BoosterPredictor.Labels"/>.</param>
/// <param name="Width">How many values; null for a single one without a second dimension.</param>
/// <param name="Input">What cells the method takes.</param>
internal sealed record BoosterAnswer(string Method, PredictionKind Kind, int? Width, InputRule Input)
{
    /// <summary>The answer of numbers: a single one where there is one column.</summary>
    public static BoosterAnswer Numbers(string method, int columns, InputRule input) =>
        new(method, PredictionKind.Float, columns == 1 ? null : columns, input);
}
