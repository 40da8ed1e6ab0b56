using System.Text.Json;
using Flama.Json;

namespace Flama.Boosters.LightGbm;

/// <summary>A LightGBM model as text: a header, a block of lines a tree, and at the end what training was told and the names of categories.</summary>
internal sealed class LightGbmText
{
    private const string FirstLine = "tree";
    private const string EndLine = "end of trees";
    private const string ParametersLine = "parameters:";
    private const string EndOfParametersLine = "end of parameters";
    private const string TreeLine = "Tree=";
    private const string CategoriesLine = "pandas_categorical:";
    private const string DeviceList = "[gpu_device_id_list:";
    private const string CategoricalColumns = "[categorical_feature: ";

    private readonly BoosterErrors errors;
    private ReadOnlyMemory<char> rest;
    private bool hasEnd;
    private bool isInTree;
    private bool isInParameters;
    private bool hasParameters;

    /// <summary>Splits a text.</summary>
    /// <param name="errors">Whose it is, for errors.</param>
    /// <param name="text">The text.</param>
    public LightGbmText(BoosterErrors errors, string text)
    {
        this.errors = errors;
        rest = text.AsMemory();
        Header = new("the header of its booster", errors);
        if (!TakeLine(out var first) || !first.Span.SequenceEqual(FirstLine))
        {
            throw errors.Fail("its booster is no LightGBM text, which starts with 'tree'");
        }

        var line = first;
        while (TakeLine(out line) && !IsTree(line))
        {
            if (!line.IsEmpty)
            {
                Header.Add(line);
            }
        }

        ReadTrees(line);
        CheckEnd();
    }

    /// <summary>What stands before the trees.</summary>
    public LightGbmSection Header { get; }

    /// <summary>The trees.</summary>
    public List<LightGbmSection> Trees { get; } = [];

    /// <summary>The columns that training took for categories, where the text says.</summary>
    public IReadOnlyList<int>? CategoricalFeatures { get; private set; }

    /// <summary>The categories that a table of pandas had in its columns of categories, in their order.</summary>
    public IReadOnlyList<Scalar[]> PandasCategories { get; private set; } = [];

    /// <summary>Whether training knew the parameter <c>gpu_device_id_list</c>, which came with LightGBM 4.7.</summary>
    public bool KnowsDeviceList { get; private set; }

    private static bool IsTree(ReadOnlyMemory<char> line) => line.Span.StartsWith(TreeLine, StringComparison.Ordinal);

    private void ReadTrees(ReadOnlyMemory<char> line)
    {
        LightGbmSection? tree = null;
        do
        {
            if (IsTree(line))
            {
                tree = new($"tree {Trees.Count} of its booster", errors);
                Trees.Add(tree);
            }
            else if (line.IsEmpty)
            {
                tree = null;
            }
            else if (line.Span.SequenceEqual(EndLine))
            {
                tree = null;
                hasEnd = true;
            }
            else if (tree is not null)
            {
                tree.Add(line);
            }
            else
            {
                ReadRemark(line.Span);
            }
        }
        while (TakeLine(out line));
        isInTree = tree is not null;
    }

    // The header lists the size of each tree; v3 and later say where the trees end. Sizes in bytes are not compared: editors change the ends of lines.
    private void CheckEnd()
    {
        if (Header.Text("tree_sizes")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { } sizes && sizes.Length != Trees.Count)
        {
            throw errors.Fail($"its booster has {Trees.Count} trees and its header lists {sizes.Length}, as if the file were cut off");
        }

        // Every version ends a tree with this line and an empty one.
        if (!hasEnd && (Header.Text("version") is ("v3" or "v4") || (Trees.Count > 0 && (!Trees[^1].Has("shrinkage") || isInTree))))
        {
            throw errors.Fail("its booster ends in the middle of its trees, as if the file were cut off");
        }

        // What categories are called follows in lines that a file without parameters has lost.
        if (isInParameters || (!hasParameters && Header.Text("version") is ("v3" or "v4") && Trees.Exists(tree => tree.Text("num_cat") is not ("0" or null))))
        {
            throw errors.Fail("its booster ends before the end of its parameters, as if the file were cut off");
        }
    }

    // Lines after the trees: importances, parameters in brackets, categories.
    private void ReadRemark(ReadOnlySpan<char> line)
    {
        if (line.SequenceEqual(ParametersLine) || line.SequenceEqual(EndOfParametersLine))
        {
            isInParameters = line.SequenceEqual(ParametersLine);
            hasParameters = true;
        }
        else if (line.StartsWith(DeviceList, StringComparison.Ordinal))
        {
            KnowsDeviceList = true;
        }
        else if (line.StartsWith(CategoricalColumns, StringComparison.Ordinal) && CategoricalFeatures is null)
        {
            CategoricalFeatures = ToIntegers(line[CategoricalColumns.Length..].TrimEnd(']'));
        }
        else if (line.StartsWith(CategoriesLine, StringComparison.Ordinal))
        {
            PandasCategories = ToCategories(line[CategoriesLine.Length..]);
        }
    }

    private static List<int>? ToIntegers(ReadOnlySpan<char> text)
    {
        var numbers = new List<int>();
        foreach (var range in text.Split(','))
        {
            if (!int.TryParse(text[range], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private List<Scalar[]> ToCategories(ReadOnlySpan<char> text)
    {
        try
        {
            var parsed = PythonJson.Parse(System.Text.Encoding.UTF8.GetBytes(text.ToString()));
            return parsed.ValueKind == JsonValueKind.Array ? [.. parsed.EnumerateArray().Select(ToNames)] : [];
        }
        catch (JsonException)
        {
            throw errors.Fail("the names of categories at the end of its booster are no JSON");
        }
    }

    private Scalar[] ToNames(JsonElement column) => column.ValueKind == JsonValueKind.Array
        ? [.. column.EnumerateArray().Select(ToCategory)]
        : throw errors.Fail("the names of categories at the end of its booster are not lists");

    private Scalar ToCategory(JsonElement category) => category.ValueKind switch
    {
        JsonValueKind.String => Scalar.Of(category.GetString()!),
        JsonValueKind.Number => category.TryGetInt64(out var integer) ? Scalar.Of(integer) : Scalar.Of(category.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => Scalar.Of(category.ValueKind == JsonValueKind.True),
        JsonValueKind.Null => Scalar.Null,
        _ => throw errors.Fail("a category at the end of its booster is not a plain value"),
    };

    private bool TakeLine(out ReadOnlyMemory<char> line)
    {
        if (rest.IsEmpty)
        {
            line = default;
            return false;
        }

        var end = rest.Span.IndexOf('\n');
        line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        if (line.Span.EndsWith("\r"))
        {
            line = line[..^1];
        }

        return true;
    }
}
