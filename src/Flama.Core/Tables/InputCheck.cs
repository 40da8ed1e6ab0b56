using System.Numerics;
using Flama.Json;

namespace Flama.Tables;

/// <summary>The check of rows before a model computes, as scikit-learn does it: number of columns, numbers, missing, infinite.</summary>
internal static class InputCheck
{
    /// <summary>Checks rows.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="columns">How many columns they must have; null for any number.</param>
    /// <param name="rule">What cells are taken.</param>
    /// <param name="input">The rows.</param>
    /// <returns>A numeric copy when strings had to be read as numbers, to be disposed; null when the rows do as they are.</returns>
    /// <exception cref="FlamaException">The rows are not what is taken.</exception>
    public static FeatureBatch? Check(IRowOwner owner, int? columns, InputRule rule, FeatureBatch input)
    {
        if (columns is { } expected && expected != input.Columns)
        {
            throw Problem(new InputProblem(
                ProblemTypes.FeatureCount, $"{owner.Name} takes {expected} features and the rows have {input.Columns}."));
        }

        if (rule.TakesText)
        {
            return null;
        }

        var copy = input.IsNumeric ? null : ToNumbers(owner, rule, input);
        try
        {
            CheckFinite(owner, rule, copy ?? input);
            return copy;
        }
        catch
        {
            copy?.Dispose();
            throw;
        }
    }

    /// <summary>Checks that named columns are those of training, in its order.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="input">The rows.</param>
    /// <exception cref="FlamaException">They are others, or in another order.</exception>
    public static void CheckNames(IRowOwner owner, FeatureBatch input)
    {
        if (input.ColumnNames is { } given && owner.FeatureNames is { } wanted && !given.SequenceEqual(wanted, StringComparer.Ordinal))
        {
            throw Problem(new InputProblem(
                ProblemTypes.FeatureNames,
                $"The columns are {Show(given)} and {owner.Name} was trained with {Show(wanted)}, in this order."));
        }
    }

    /// <summary>Names in a message, the first dozen of them.</summary>
    public static string Show(IReadOnlyList<string> names) =>
        names.Count <= 12 ? $"[{string.Join(", ", names)}]" : $"[{string.Join(", ", names.Take(12))}, … {names.Count} in all]";

    /// <summary>Reads every string cell as a number.</summary>
    /// <returns>A new numeric batch.</returns>
    private static FeatureBatch ToNumbers(IRowOwner owner, InputRule rule, FeatureBatch input)
    {
        var copy = FeatureBatch.RentLike(input);
        input.Numbers.CopyTo(copy.WritableNumbers);
        var texts = input.Texts;
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text)
            {
                continue;
            }

            if (!rule.ParsesText || !PythonNumber.TryParse(text, out var value) || (rule.ParsesWholeText && !IsWhole(text)))
            {
                copy.Dispose();
                throw CellProblem(
                    owner,
                    input,
                    i / input.Columns,
                    i % input.Columns,
                    ProblemTypes.UnreadableNumber,
                    $"{owner.Name} needs a {(rule.ParsesWholeText ? "whole number" : "number")} and found the string \"{Shorten(text)}\"");
            }

            copy.WritableNumbers[i] = value;
        }

        return copy;
    }

    /// <summary>The error of one problem.</summary>
    public static FlamaException Problem(InputProblem problem) => new([problem], 1);

    /// <summary>The error of one cell, told by the caller's row and feature.</summary>
    /// <param name="owner">Who found it.</param>
    /// <param name="input">The rows it was given.</param>
    /// <param name="row">The row in those.</param>
    /// <param name="column">The column in those.</param>
    /// <param name="type">The kind of problem.</param>
    /// <param name="what">What is wrong, continuing "Row 0, feature 1: ".</param>
    public static FlamaException CellProblem(IRowOwner owner, FeatureBatch input, int row, int column, string type, string what)
    {
        var name = input.ColumnNames?.ElementAtOrDefault(column) ?? owner.FeatureNames?.ElementAtOrDefault(column);
        var feature = input.ColumnOrigins?[column] ?? column;
        row += input.FirstRow;
        var place = name is null ? $"feature {feature}" : $"feature '{name}' ({feature})";
        return Problem(new InputProblem(type, $"Row {row}, {place}: {what}.", row, feature, name));
    }

    /// <summary>A user's text, short enough for a message.</summary>
    public static string Shorten(string text) => text.Length > 40 ? $"{text[..40]}…" : text;

    // Of the strings that are numbers, Python's int() reads those without a point, an exponent or a name.
    private static bool IsWhole(string text)
    {
        foreach (var character in text)
        {
            if (character is '.' || char.IsAsciiLetter(character))
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckFinite(IRowOwner owner, InputRule rule, FeatureBatch input)
    {
        if (rule is { TakesMissing: true, TakesInfinity: true, IsFloat32: false })
        {
            return;
        }

        if (input.Sparse is not { } sparse)
        {
            CheckDense(owner, rule, input);
            return;
        }

        for (var row = 0; row < sparse.Rows; row++)
        {
            var columns = sparse.ColumnsOf(row);
            var values = sparse.ValuesOf(row);
            if (!(rule.IsFloat32 ? AllWithinFloat32(values) : AllFinite(values)))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    CheckCell(owner, rule, input, row, columns[i], values[i]);
                }
            }
        }
    }

    private static void CheckDense(IRowOwner owner, InputRule rule, FeatureBatch input)
    {
        if (rule.IsFloat32 ? AllWithinFloat32(input.Numbers) : AllFinite(input.Numbers))
        {
            return;
        }

        for (var i = 0; i < input.Numbers.Length; i++)
        {
            CheckCell(owner, rule, input, i / input.Columns, i % input.Columns, input.Numbers[i]);
        }
    }

    private static void CheckCell(IRowOwner owner, InputRule rule, FeatureBatch input, int row, int column, double value)
    {
        var type = double.IsNaN(value)
            ? rule.TakesMissing ? null : ProblemTypes.MissingValue
            : rule.TakesInfinity || !double.IsInfinity(rule.IsFloat32 ? (float)value : value) ? null : ProblemTypes.Infinity;
        if (type is null)
        {
            return;
        }

        var what = type == ProblemTypes.MissingValue ? "is missing, and the model takes no missing values here"
            : double.IsInfinity(value) ? "is infinite"
            : "is too large for float32, which this model computes in";
        throw CellProblem(owner, input, row, column, type, $"the value {what} ({owner.Name})");
    }

    // x - x is 0 for finite values and NaN for others, and NaN survives addition.
    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var vector = new Vector<double>(values[i..]);
            sum += vector - vector;
        }

        var rest = Vector.Sum(sum);
        for (; i < values.Length; i++)
        {
            rest += values[i] - values[i];
        }

        return rest == 0;
    }

    private static bool AllWithinFloat32(ReadOnlySpan<double> values)
    {
        var sum = 0f;
        foreach (var value in values)
        {
            var single = (float)value;
            sum += single - single;
        }

        return sum == 0;
    }
}
