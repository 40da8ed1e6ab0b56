using Flama.Pickle;

namespace Flama.Sklearn.Impute;

/// <summary>What an imputer counts as missing: NaN, None, a number or a string.</summary>
internal sealed class MissingMarker
{
    private readonly Scalar value;

    public MissingMarker(EstimatorState state, string attribute = "missing_values")
    {
        value = state.Value(attribute) switch
        {
            PickleSymbol or PickleObject => Scalar.Of(double.NaN), // pandas.NA
            var other => state.AsScalar(other, attribute),
        };
    }

    /// <summary>Whether NaN is what is missing; other NaN are then not let in.</summary>
    public bool IsNaN => value.Kind == ScalarKind.Float && double.IsNaN(value.Number);

    /// <summary>Whether None is what is missing.</summary>
    public bool IsNone => value.Kind == ScalarKind.Null;

    /// <summary>The missing number; NaN when it is NaN or no number.</summary>
    public double Number => value.Number;

    /// <summary>Whether a cell of a numeric column is missing; there None has become NaN.</summary>
    public bool Matches(double number) => IsNaN || IsNone ? double.IsNaN(number) : number == value.Number;

    /// <summary>Whether a cell of an object column is missing. JSON's null is whichever of NaN and None is; NaN itself only where NaN is.</summary>
    public bool Matches(string? text, double number) => text is not null
        ? value.Text is not null && value.Text == text
        : double.IsNaN(number)
            ? IsNaN || (IsNone && FeatureBatch.IsNull(number))
            : value.IsNumber && number == value.Number;
}
