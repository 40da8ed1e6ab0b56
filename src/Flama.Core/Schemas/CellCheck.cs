using System.Text.RegularExpressions;

namespace Flama.Schemas;

/// <summary>Compares cells of one feature with its rule, compiled once. Immutable and thread-safe; a cell that is as it should be costs no memory.</summary>
internal sealed class CellCheck
{
    // Quotients of decimal fractions are off by rounding: 0.3 / 0.1 is 2.9999999999999996.
    private const double Rounding = 1e-9;

    private readonly double minimum;
    private readonly double maximum;
    private readonly double above;
    private readonly double below;
    private readonly HashSet<double>? numbers;
    private readonly HashSet<string>? texts;
    private readonly bool acceptsNull;
    private readonly Regex? pattern;

    /// <summary>Compiles a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pattern">Its pattern, compiled; null for none.</param>
    public CellCheck(FeatureRule rule, Regex? pattern)
    {
        Rule = rule;
        this.pattern = pattern;
        acceptsNull = !rule.RefusesNull;
        minimum = rule.Minimum ?? double.NegativeInfinity;
        maximum = rule.Maximum ?? double.PositiveInfinity;
        above = rule.ExclusiveMinimum ?? double.NaN;
        below = rule.ExclusiveMaximum ?? double.NaN;
        if (rule.Values.Count > 0)
        {
            numbers = [.. rule.Values.Where(value => value.IsNumber).Select(value => value.Number)];
            texts = new HashSet<string>(rule.Values.Where(value => value.Text is not null).Select(value => value.Text!), StringComparer.Ordinal);
        }
    }

    /// <summary>The rule.</summary>
    public FeatureRule Rule { get; }

    /// <summary>Whether a cell is as the rule has it.</summary>
    /// <param name="number">The number; NaN for a missing value.</param>
    /// <param name="text">The text; null for a number or a missing value.</param>
    public bool Accepts(double number, string? text)
    {
        if (text is not null)
        {
            return AcceptsType(ValueTypes.String) && (texts is null || texts.Contains(text)) && AcceptsLength(text) && (pattern is null || pattern.IsMatch(text));
        }

        if (double.IsNaN(number))
        {
            return acceptsNull;
        }

        return AcceptsType(number) && number >= minimum && number <= maximum && !(number <= above) && !(number >= below)
            && (numbers is null || numbers.Contains(number)) && IsMultiple(number);
    }

    /// <summary>Every keyword that a cell is against.</summary>
    public IEnumerable<RuleBreach> Breaches(double number, string? text)
    {
        var isMissing = text is null && double.IsNaN(number);
        var isNumber = text is null && !isMissing;
        if (text is not null ? !AcceptsType(ValueTypes.String) : isMissing ? Rule.Types != ValueTypes.Any && !AcceptsType(ValueTypes.Null) : !AcceptsType(number))
        {
            yield return new("type", RuleText.Json(Rule.Types), RuleText.Describe(Rule.Types));
        }

        if (numbers is not null && !(text is not null ? texts!.Contains(text) : isMissing ? Rule.Values.Contains(Scalar.Null) : numbers.Contains(number)))
        {
            yield return Rule.Values is [var only]
                ? new("const", RuleText.Json(only), RuleText.Describe(Rule.Values))
                : new("enum", RuleText.Json(Rule.Values), RuleText.Describe(Rule.Values));
        }

        if (isNumber && number < minimum)
        {
            yield return new("minimum", RuleText.Number(minimum), $"{RuleText.Number(minimum)} or more");
        }

        if (isNumber && number > maximum)
        {
            yield return new("maximum", RuleText.Number(maximum), $"{RuleText.Number(maximum)} or less");
        }

        if (isNumber && number <= above)
        {
            yield return new("exclusiveMinimum", RuleText.Number(above), $"more than {RuleText.Number(above)}");
        }

        if (isNumber && number >= below)
        {
            yield return new("exclusiveMaximum", RuleText.Number(below), $"less than {RuleText.Number(below)}");
        }

        if (isNumber && !IsMultiple(number))
        {
            yield return new("multipleOf", RuleText.Number(Rule.MultipleOf!.Value), $"a multiple of {RuleText.Number(Rule.MultipleOf.Value)}");
        }

        if (text is not null && Rule.MinLength is { } least && IsShorter(text, least))
        {
            yield return new("minLength", RuleText.Number(least), $"text of {Characters(least)} or more");
        }

        if (text is not null && Rule.MaxLength is { } most && IsLonger(text, most))
        {
            yield return new("maxLength", RuleText.Number(most), $"text of {Characters(most)} or less");
        }

        if (text is not null && pattern?.IsMatch(text) == false)
        {
            yield return new("pattern", RuleText.Json(Rule.Pattern!), $"text that matches {SafeText.OneLine(Rule.Pattern!)}");
        }
    }

    private static string Characters(int count) => count == 1 ? "1 character" : $"{count} characters";

    private bool AcceptsType(ValueTypes type) => Rule.Types == ValueTypes.Any || (Rule.Types & type) != ValueTypes.Any;

    private bool AcceptsType(double number) =>
        (Rule.Types & ValueTypes.Number) != ValueTypes.Any || Rule.Types == ValueTypes.Any
        || ((Rule.Types & ValueTypes.Integer) != ValueTypes.Any && Math.Truncate(number) == number && double.IsFinite(number))
        || ((Rule.Types & ValueTypes.Boolean) != ValueTypes.Any && number is 0 or 1);

    private bool IsMultiple(double number)
    {
        if (Rule.MultipleOf is not { } step)
        {
            return true;
        }

        var quotient = number / step;
        return Math.Abs(quotient - Math.Round(quotient)) <= Rounding * Math.Max(1, Math.Abs(quotient));
    }

    private bool AcceptsLength(string text) =>
        (Rule.MinLength is not { } least || !IsShorter(text, least)) && (Rule.MaxLength is not { } most || !IsLonger(text, most));

    // Characters are code points: a text has half as many of them as chars at least.
    private static bool IsShorter(string text, int least) => text.Length < least || (text.Length < 2L * least && Count(text) < least);

    private static bool IsLonger(string text, int most) => text.Length > most && (text.Length > 2L * most || Count(text) > most);

    private static int Count(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
