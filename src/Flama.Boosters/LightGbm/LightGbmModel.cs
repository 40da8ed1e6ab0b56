using System.Globalization;
using Flama.Trees;

namespace Flama.Boosters.LightGbm;

/// <summary>A LightGBM model as its text has it: objective, trees, names of features. Float64 throughout. Immutable and thread-safe.</summary>
/// <remarks>Source: LightGBM's text forms v2, v3 and v4, by their description.</remarks>
internal sealed class LightGbmModel
{
    // A text model of hashed words has as many columns.
    private const int MaxFeatures = 1 << 20;
    private const int MaxWidth = 1 << 16;

    private readonly BoostedSum<double> trees;
    private readonly LightGbmObjective objective;
    private readonly double divisor;

    /// <summary>Reads a model and checks everything that predicting relies on.</summary>
    /// <param name="errors">Whose it is, for errors.</param>
    /// <param name="text">The text.</param>
    /// <param name="rounds">How many rounds of trees count; null for all.</param>
    public LightGbmModel(BoosterErrors errors, string text, int? rounds)
    {
        var parsed = new LightGbmText(errors, text);
        var header = parsed.Header;
        Version = header.Text("version") ?? "";
        Features = header.Integer("max_feature_idx") is >= -1 and < MaxFeatures and var last
            ? last + 1
            : throw header.Fail($"the last feature is {header.Integer("max_feature_idx")}, expected one below {MaxFeatures}");
        Width = header.Integer("num_tree_per_iteration", header.Integer("num_class", 1));
        if (Width is < 1 or > MaxWidth)
        {
            throw header.Fail($"it has {Width} trees a round");
        }

        objective = LightGbmObjective.Parse(header.Text("objective")) ?? throw errors.Unsupported($"the objective '{header.Text("objective")}'");
        if (objective.Classes is { } classes && classes != Width)
        {
            throw header.Fail($"its objective has {classes} classes and it has {Width} trees a round");
        }

        if (parsed.Trees.Count % Width != 0)
        {
            throw header.Fail($"it has {parsed.Trees.Count} trees, {Width} a round");
        }

        var count = parsed.Trees.Count / Width;
        if (rounds is { } limit)
        {
            count = Math.Min(count, limit);
        }

        var reader = new LightGbmTreeReader(Features);
        trees = reader.Read(parsed.Trees.GetRange(0, count * Width), Width);
        IsLinear = reader.IsLinear;
        var isForest = header.Has("average_output");
        divisor = isForest ? Math.Max(count, 1) : 1;
        if (isForest && Version == "v2" && objective.Link != LightGbmLink.Identity && HoldsPredictions(reader, errors))
        {
            objective = objective with { Link = LightGbmLink.Identity };
        }

        FeatureNames = ReadNames(header);
        Examples = ReadExamples(header);
        Categories = ReadCategories(parsed, errors);
        IsFrom47 = parsed.KnowsDeviceList;
    }

    /// <summary>The version of the form, for example <c>v4</c>.</summary>
    public string Version { get; }

    /// <summary>Whether LightGBM 4.7 or later wrote it. The form is the same; its classifiers have one method more.</summary>
    public bool IsFrom47 { get; }

    /// <summary>How many columns it takes.</summary>
    public int Features { get; }

    /// <summary>Scores a row.</summary>
    public int Width { get; }

    /// <summary>Whether leaves are linear models.</summary>
    public bool IsLinear { get; }

    /// <summary>The names of the columns; null when training had none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>A typical value of each column; NaN where none is known.</summary>
    public double[] Examples { get; }

    /// <summary>The categories of each column that has some; null when there are none.</summary>
    public CategoryColumn?[]? Categories { get; }

    /// <summary>Computes the predictions.</summary>
    /// <param name="input">Numeric rows, or sparse ones unless leaves are linear; what sparse rows leave out is 0.</param>
    /// <param name="output"><see cref="Width"/> columns, one run.</param>
    public void Predict(FeatureBatch input, OutputSlice output)
    {
        Score(input, output);
        objective.Transform(output);
    }

    /// <summary>Computes the raw scores.</summary>
    /// <param name="input">See <see cref="Predict"/>.</param>
    /// <param name="output">See <see cref="Predict"/>.</param>
    public void Score(FeatureBatch input, OutputSlice output)
    {
        var numbers = output.Numbers;
        numbers.Clear();
        trees.Accumulate(input, numbers, Width);
        if (divisor != 1)
        {
            foreach (ref var number in numbers)
            {
                number /= divisor;
            }
        }
    }

    // Random forests of LightGBM 2.0 to 2.2.2 average the labels themselves, those of 2.2.3 raw scores as later ones do, and both write v2.
    // Averages of labels of classes lie between 0 and 1; raw scores all of that size are as good as impossible.
    private bool HoldsPredictions(LightGbmTreeReader reader, BoosterErrors errors) => reader.SmallestLeaf >= 0
        && (reader.LargestLeaf <= 1 || (objective.Link is LightGbmLink.Exponential or LightGbmLink.SignedSquare
            ? throw errors.Unsupported("a random forest of LightGBM 2 with this objective, whose leaves can be means or their logarithms,")
            : false));

    // Training without names calls them Column_0, Column_1, ….
    private string[]? ReadNames(LightGbmSection header)
    {
        var names = header.Text("feature_names")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names is null)
        {
            return null;
        }

        if (names.Length != Features)
        {
            throw header.Fail($"it has {names.Length} names of features, and takes {Features}");
        }

        return names.Select((name, i) => name == $"Column_{i}").All(isMade => isMade) ? null : names;
    }

    // [lowest:highest] of a column of numbers, 3:1:4 of categories, none of an unused one.
    private double[] ReadExamples(LightGbmSection header)
    {
        var examples = new double[Features];
        examples.AsSpan().Fill(double.NaN);
        if (header.Text("feature_infos")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { } infos)
        {
            return examples;
        }

        if (infos.Length != Features)
        {
            throw header.Fail($"it tells the ranges of {infos.Length} features, and takes {Features}");
        }

        for (var i = 0; i < infos.Length; i++)
        {
            var parts = infos[i].Trim('[', ']').Split(':');
            if (double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low))
            {
                examples[i] = infos[i].StartsWith('[') && parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
                    ? (low + high) / 2
                    : low;
            }
        }

        return examples;
    }

    // Categories are listed in the order of their columns; which columns those are is said elsewhere.
    private CategoryColumn?[]? ReadCategories(LightGbmText text, BoosterErrors errors)
    {
        if (!text.PandasCategories.Any(names => names.Length > 0))
        {
            return null;
        }

        if (text.CategoricalFeatures is not { } columns || columns.Count != text.PandasCategories.Count || columns.Any(column => column >= Features))
        {
            return text.PandasCategories.All(names => names.Length == 0 || new CategoryColumn(names).IsPlain)
                ? null
                : throw errors.Unsupported("a table of pandas whose categories the file does not assign to columns");
        }

        var categories = new CategoryColumn?[Features];
        for (var i = 0; i < columns.Count; i++)
        {
            categories[columns[i]] = text.PandasCategories[i].Length > 0 ? new(text.PandasCategories[i]) : null;
        }

        return categories;
    }
}
