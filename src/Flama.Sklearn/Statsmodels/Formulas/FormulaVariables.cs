using System.Globalization;
using System.Numerics;
using Flama.Pickle.Pandas;

namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>The variables of a formula: columns of training's frame that the names of the design speak of.</summary>
internal sealed class FormulaVariables
{
    private readonly IReadOnlyList<object?>[] values;
    private readonly bool[] areNumbers;
    private readonly Scalar[]?[] categories;

    private FormulaVariables(string[] names, IReadOnlyList<object?>[] values)
    {
        Names = names;
        this.values = values;
        areNumbers = new bool[names.Length];
        categories = new Scalar[]?[names.Length];
    }

    /// <summary>Their names, in the order of the frame.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds the columns of the frame that occur in names of the design.</summary>
    public static FormulaVariables Read(EstimatorState data, string[] columns, PandasFrame frame)
    {
        var known = frame.Columns.OfType<string>().ToHashSet(StringComparer.Ordinal);
        var used = columns.SelectMany(FormulaText.SplitFactors)
            .Select(factor => FormulaText.TakeSuffix(factor)?.Expression ?? factor)
            .SelectMany(expression => FormulaTokens.Split(data, expression))
            .Where(token => token is { Kind: FormulaTokenKind.Name or FormulaTokenKind.Text } && known.Contains(token.Text))
            .Select(token => token.Text)
            .ToHashSet(StringComparer.Ordinal);
        string[] names = [.. frame.Columns.OfType<string>().Where(used.Contains).Distinct(StringComparer.Ordinal)];
        return new(names, [.. names.Select(name => frame.Objects(frame.IndexOf(name)) ?? throw data.Unsupported($"the column '{name}' of the formula's data"))]);
    }

    /// <summary>The position of a variable; −1 when there is none of that name.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The variable is computed with.</summary>
    public void UseAsNumber(int variable) => areNumbers[variable] = true;

    /// <summary>The levels of a variable that is taken as categories: each value that training had, by the name that the design gives it.</summary>
    public Dictionary<string, Scalar> UseAsCategory(EstimatorState data, int variable)
    {
        var levels = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        foreach (var value in values[variable])
        {
            if (value is not null && value is not double.NaN && NameOf(value) is { } name)
            {
                levels.TryAdd(name, data.AsScalar(value, Names[variable]));
            }
        }

        categories[variable] = [.. levels.Values];
        return levels;
    }

    /// <summary>Training's rows, without those that were left out for a missing value.</summary>
    public FeatureBatch Training(EstimatorState data)
    {
        var left = data.Value("missing_row_idx") is null ? [] : data.Values("missing_row_idx").OfType<long>().ToHashSet();
        var count = values.Length == 0 ? 0 : values[0].Count;
        var batch = FeatureBatch.RentEmpty(values.Length, Math.Max(1, count));
        for (var i = 0; i < count; i++)
        {
            if (left.Contains(i))
            {
                continue;
            }

            var row = batch.AddRow();
            for (var column = 0; column < values.Length; column++)
            {
                Set(batch, row, column, values[column][i]);
            }
        }

        return batch;
    }

    /// <summary>Says what the variables are used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> builders)
    {
        for (var i = 0; i < builders.Length; i++)
        {
            if (categories[i] is { } levels)
            {
                builders[i].UseAsCategory(takesMissing: true, levels);
                builders[i].Learn(levels);
                if (levels.Length > 0)
                {
                    builders[i].OfferExample(levels[0]);
                }
            }

            if (areNumbers[i])
            {
                builders[i].UseAsNumber(parsesText: false, takesMissing: true, takesInfinity: true);
            }
        }
    }

    private static string? NameOf(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Scalar.Of(number).ToString(),
        _ => null,
    };

    private static void Set(FeatureBatch batch, int row, int column, object? value)
    {
        if (value is string text)
        {
            batch.SetText(row, column, text);
            return;
        }

        batch.SetNumber(row, column, value switch
        {
            bool flag => flag ? 1 : 0,
            long number => number,
            double number => number,
            BigInteger number => (double)number,
            _ => double.NaN,
        });
    }
}
