namespace Flama.Schemas;

/// <summary>Finds a value for documents that is as the rule of its feature has it.</summary>
internal static class RuleExample
{
    /// <summary>The feature with the rule, and with an example that is as the rule has it, where one is found.</summary>
    public static Feature Add(Feature feature, CellCheck check)
    {
        var ruled = feature with { Rule = check.Rule };
        foreach (var candidate in Candidates(feature, check.Rule))
        {
            if (Fits(feature, candidate) && check.Accepts(candidate.Kind == ScalarKind.Text ? double.NaN : candidate.Number, candidate.Text))
            {
                return ruled with { Example = candidate };
            }
        }

        return ruled;
    }

    private static bool Fits(Feature feature, Scalar value) => feature.Categories.Count > 0
        ? feature.Categories.Contains(value)
        : value.Kind switch
        {
            ScalarKind.Null => false,
            ScalarKind.Text => feature.Kind != FeatureKind.Number,
            _ => feature.Kind != FeatureKind.Text,
        };

    private static IEnumerable<Scalar> Candidates(Feature feature, FeatureRule rule)
    {
        if (rule.Example is { } given)
        {
            yield return given;
        }

        if (feature.Example is { } typical)
        {
            yield return typical;
        }

        foreach (var value in feature.Categories.Count > 0 ? feature.Categories : rule.Values)
        {
            yield return value;
        }

        var low = rule.Minimum ?? rule.ExclusiveMinimum;
        var high = rule.Maximum ?? rule.ExclusiveMaximum;
        if (low is { } from && high is { } to)
        {
            yield return NumberOf(Math.Round((from + to) / 2));
            yield return NumberOf((from + to) / 2);
        }

        foreach (var bound in new[] { low, high })
        {
            if (bound is { } edge)
            {
                yield return NumberOf(edge);
                yield return NumberOf(Math.Floor(edge) + 1);
                yield return NumberOf(Math.Ceiling(edge) - 1);
                yield return NumberOf(Math.Ceiling(edge / (rule.MultipleOf ?? 1)) * (rule.MultipleOf ?? 1));
            }
        }

        yield return Scalar.Of(0L);
        foreach (var length in new[] { 1, rule.MinLength ?? 0, rule.MaxLength ?? 0 })
        {
            yield return Scalar.Of(new string('a', Math.Min(length, 1000)));
        }
    }

    private static Scalar NumberOf(double value) => Math.Truncate(value) == value && Math.Abs(value) < 1e15 ? Scalar.Of((long)value) : Scalar.Of(value);
}
