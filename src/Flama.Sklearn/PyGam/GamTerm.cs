namespace Flama.Sklearn.PyGam;

/// <summary>One term of a generalized additive model: some columns of its design.</summary>
/// <param name="Width">How many columns.</param>
/// <param name="Features">The features that it takes.</param>
/// <param name="Fill">Computes the columns of a row.</param>
internal sealed record GamTerm(int Width, IReadOnlyList<int> Features, GamTerm.Filler Fill)
{
    /// <summary>Computes the columns of a row.</summary>
    internal delegate void Filler(ReadOnlySpan<double> row, Span<double> output);

    /// <summary>Reads a term.</summary>
    public static GamTerm Read(EstimatorState term) => term.ClassName switch
    {
        "Intercept" => new(1, [], (_, output) => output[0] = 1),
        "LinearTerm" => Linear(term),
        "SplineTerm" => Spline(term, 0),
        "FactorTerm" => Spline(term, term.Choice("coding", "one-hot", "dummy") == "dummy" ? 1 : 0),
        _ => throw term.Unsupported($"the term {term.ClassName}", "Known: intercept, l(), s() and f()."),
    };

    private static GamTerm Linear(EstimatorState term)
    {
        var feature = Feature(term, "feature");
        var by = term.Value("by") is null ? -1 : Feature(term, "by");
        return new(1, by < 0 ? [feature] : [feature, by], (row, output) => output[0] = by < 0 ? row[feature] : row[feature] * row[by]);
    }

    private static GamTerm Spline(EstimatorState term, int dropped)
    {
        var spline = new UniformSpline(term);
        var feature = Feature(term, "feature");
        var by = term.Value("by") is null ? -1 : Feature(term, "by");
        return new(spline.Count - dropped, by < 0 ? [feature] : [feature, by], (row, output) =>
        {
            using var scratch = new Scratch(spline.Count);
            spline.Values(row[feature], scratch.Span);
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = scratch.Span[i + dropped] * (by < 0 ? 1 : row[by]);
            }
        });
    }

    private static int Feature(EstimatorState term, string name) =>
        term.Integer(name) is >= 0 and < 1 << 20 and var feature ? feature : throw term.Fail($"its {name} is not the position of a feature");
}
