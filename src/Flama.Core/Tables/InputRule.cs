namespace Flama.Tables;

/// <summary>What cells a model or a part of one computes with.</summary>
/// <param name="TakesMissing">Whether NaN may come in.</param>
/// <param name="TakesInfinity">Whether infinities may come in.</param>
/// <param name="ParsesText">Whether strings are read as numbers (scikit-learn asks for a float type) rather than refused.</param>
internal sealed record InputRule(bool TakesMissing, bool TakesInfinity, bool ParsesText)
{
    /// <summary>Finite numbers; strings are refused.</summary>
    public static readonly InputRule Numbers = new(TakesMissing: false, TakesInfinity: false, ParsesText: false);

    /// <summary>Finite numbers; strings are read as numbers.</summary>
    public static readonly InputRule Floats = new(TakesMissing: false, TakesInfinity: false, ParsesText: true);

    /// <summary>Finite numbers within float32; strings are read as numbers.</summary>
    public static readonly InputRule Floats32 = Floats with { IsFloat32 = true };

    /// <summary>Finite numbers; strings are read as whole numbers.</summary>
    public static readonly InputRule WholeNumbers = Floats with { ParsesWholeText = true };

    /// <summary>Numbers or missing; strings are read as numbers.</summary>
    public static readonly InputRule FloatsOrMissing = new(TakesMissing: true, TakesInfinity: false, ParsesText: true);

    /// <summary>Anything: the estimator looks for itself.</summary>
    public static readonly InputRule Anything = new(TakesMissing: true, TakesInfinity: true, ParsesText: false) { TakesText = true };

    /// <summary>Whether strings come in as strings.</summary>
    public bool TakesText { get; init; }

    /// <summary>Whether strings are read as whole numbers only (scikit-learn asks for an int type).</summary>
    public bool ParsesWholeText { get; init; }

    /// <summary>Whether values beyond float32's range are refused as infinite.</summary>
    public bool IsFloat32 { get; init; }
}
