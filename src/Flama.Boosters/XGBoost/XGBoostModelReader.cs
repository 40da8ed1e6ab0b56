using System.Globalization;
using Flama.Json;

namespace Flama.Boosters.XGBoost;

/// <summary>Reads a <see cref="XGBoostModel"/> from its document and checks everything that predicting relies on.</summary>
internal sealed class XGBoostModelReader
{
    // A text model of hashed words has as many columns.
    private const int MaxFeatures = 1 << 20;
    private const int MaxWidth = 1 << 16;
    private const string ParallelName = "num_parallel_tree";

    private readonly BoosterErrors errors;
    private readonly DocumentObject document;
    private readonly DocumentObject learner;
    private readonly DocumentObject booster;

    /// <summary>Takes the document.</summary>
    /// <param name="errors">How its errors are told.</param>
    /// <param name="document">What <see cref="BoosterDocument.Read"/> gave.</param>
    public XGBoostModelReader(BoosterErrors errors, DocumentObject document)
    {
        this.errors = errors;
        this.document = document;
        learner = document.Object("learner")!;
        booster = learner.Object("gradient_booster") ?? throw errors.Fail("its document has no 'gradient_booster'");
    }

    /// <summary>The classes that training was told of; 0 when it was told none.</summary>
    public int Classes => Parameter("num_class", 0, MaxWidth);

    /// <summary>The round that early stopping found best; null when there was none.</summary>
    public int? BestIteration =>
        int.TryParse(learner.Object("attributes")?.Text("best_iteration"), NumberStyles.None, CultureInfo.InvariantCulture, out var best) ? best : null;

    /// <summary>How many trees a round has for each score where the document does not tell: the forms of 1.5 and before do not.</summary>
    public int? ParallelTrees { get; init; }

    /// <summary>The names of the columns where the document has none: those of 1.3 and before are beside it in a pickle.</summary>
    public IReadOnlyList<string>? OutsideNames { get; init; }

    /// <summary>Reads the model.</summary>
    /// <param name="rounds">How many rounds of trees count; null for all.</param>
    /// <param name="missing">A number that counts as missing; NaN for none.</param>
    public XGBoostModel Read(int? rounds, float missing)
    {
        var name = learner.Object("objective")?.Text("name") ?? throw errors.Fail("its document has no objective");
        var objective = XGBoostObjective.Find(name) ?? throw errors.Unsupported($"the objective '{name}'");
        var features = Parameter("num_feature", 0, MaxFeatures);
        var width = Math.Max(1, Math.Max(Classes, Parameter("num_target", 1, MaxWidth)));
        if (objective.Link is XGBoostLink.Softmax or XGBoostLink.LargestClass && Classes == 0)
        {
            throw errors.Fail($"its objective is '{name}', and it has no classes");
        }

        var model = Form == "dart" ? booster.Object("gbtree")?.Object("model") : booster.Object("model");
        if (model is null)
        {
            throw errors.Fail("its document has no model");
        }

        var examples = new float[features];
        examples.AsSpan().Fill(float.NaN);
        MarginSource source = Form switch
        {
            "gbtree" or "dart" => ReadTrees(model, features, width, rounds, missing, examples),
            "gblinear" => ReadWeights(model, features, width, missing),
            var other => throw errors.Unsupported($"the booster '{other}'"),
        };
        return new(objective, BaseMargins(objective, width), source, features)
        {
            FeatureNames = FeatureNames(features),
            Categories = Categories(model, features),
            Examples = examples,
            Version = XGBoostModel.VersionOf(Version),
        };
    }

    private string Form => booster.Text("name") ?? "gbtree";

    private TreeMargins ReadTrees(DocumentObject model, int features, int width, int? rounds, float missing, float[] examples)
    {
        var trees = TreesOf(model);
        var groups = XGBoostRounds.GroupsOf(model, trees, width, errors);
        var weights = (booster.Numbers("weight_drop") ?? model.Numbers("weight_drop"))?.ToSingles();
        if (weights is not null && weights.Length != trees.Length)
        {
            throw errors.Fail($"it has {weights.Length} weights for {trees.Length} trees");
        }

        var reader = new XGBoostTreeReader(errors, features, width, missing, examples);
        return new(reader.Read(trees, CountTrees(model, trees, width, rounds), groups, weights));
    }

    // In the order of their numbers.
    private DocumentObject[] TreesOf(DocumentObject model)
    {
        var listed = model.List("trees") ?? throw errors.Fail("its document has no trees");
        if (model.Object("gbtree_model_param")?.Text("num_trees") is { } told && told != listed.Count.ToString(CultureInfo.InvariantCulture))
        {
            throw errors.Fail($"its booster has {listed.Count} trees and its parameter 'num_trees' is {Excerpt.Of(told)}");
        }

        var trees = new DocumentObject[listed.Count];
        for (var i = 0; i < trees.Length; i++)
        {
            var tree = listed[i] as DocumentObject ?? throw errors.Fail($"tree {i} of its booster is none");
            var id = tree["id"] is double number ? number : i;
            if (!(id >= 0 && id < trees.Length) || id != Math.Floor(id) || trees[(int)id] is not null)
            {
                throw errors.Fail($"tree {i} of its booster has the number {id} among {trees.Length}");
            }

            trees[(int)id] = tree;
        }

        return trees;
    }

    // The trees of the first rounds; a round has a tree, or a forest, for each score.
    private int CountTrees(DocumentObject model, DocumentObject[] trees, int width, int? rounds)
    {
        if (rounds is not { } limit)
        {
            return trees.Length;
        }

        if (model.Numbers("iteration_indptr")?.ToIntegers() is { Length: > 0 } ends)
        {
            return ends[Math.Min(limit, ends.Length - 1)];
        }

        var text = ParallelText(model);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parallel))
        {
            throw errors.Fail($"its parameter 'num_parallel_tree' is '{text}'");
        }

        return (int)Math.Min((long)limit * Math.Max(1, parallel) * width, trees.Length);
    }

    // In 1.7 and later beside the trees, before that in a pickle's configuration, else to be worked out from early stopping.
    private string ParallelText(DocumentObject model)
    {
        if (model.Object("gbtree_model_param")?.Text(ParallelName) is { } told)
        {
            return told;
        }

        var trained = document.Object(BoosterDocument.Configuration)?.Object("learner")?.Object("gradient_booster");
        if ((trained?.Object("gbtree_train_param") ?? trained?.Object("gbtree")?.Object("gbtree_train_param"))?.Text(ParallelName) is { } configured)
        {
            return configured;
        }

        var attributes = learner.Object("attributes");
        return int.TryParse(attributes?.Text("best_ntree_limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var trees) && BestIteration is { } best
            ? (trees / (best + 1)).ToString(CultureInfo.InvariantCulture)
            : (ParallelTrees ?? 1).ToString(CultureInfo.InvariantCulture);
    }

    private LinearMargins ReadWeights(DocumentObject model, int features, int width, float missing)
    {
        var weights = model.Numbers("weights")?.ToSingles() ?? throw errors.Fail("its document has no weights");
        return weights.Length == (features + 1) * width
            ? new(weights, features, missing)
            : throw errors.Fail($"it has {weights.Length} weights, expected {features + 1} × {width}");
    }

    // Written as a number, since 3.1 as a list of them, of which a linear booster adds the first to every score.
    private float[] BaseMargins(XGBoostObjective objective, int width)
    {
        var text = learner.Object("learner_model_param")?.Text("base_score") ?? throw errors.Fail("its document has no base score");
        var parts = text.Trim().TrimStart('[').TrimEnd(']').Split(',');
        var margins = new float[width];
        for (var i = 0; i < width; i++)
        {
            var part = parts[parts.Length == 1 || Form == "gblinear" ? 0 : Math.Min(i, parts.Length - 1)];
            if ((parts.Length != 1 && parts.Length != width)
                || !float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var score))
            {
                throw errors.Fail($"its base score is {Excerpt.Of(text)} for {width} scores");
            }

            margins[i] = IsMargin ? score : IsLogit(objective) ? XGBoostObjective.Logit(score) : objective.MarginOf(score);
        }

        return margins;
    }

    private int[] Version => document.Numbers("version")?.ToIntegers() ?? [];

    // Before 1.0 the base score was saved after the objective's function; checked against 0.90, whose files tell no version.
    private bool IsMargin => Version is [0, ..];

    // Raw scores of a logistic objective: a probability up to 1.3.0 (checked against 1.0.2), a score since 1.3.1 (checked against 1.3.3 and later).
    private bool IsLogit(XGBoostObjective objective) => objective.Name == "binary:logitraw" && (Version is [1, < 3, ..] or [1, 3, 0, ..]);

    private string[]? FeatureNames(int features)
    {
        if (learner.List("feature_types") is { Count: > 0 } types && types.Count != features)
        {
            throw errors.Fail($"it has {types.Count} types of features, and takes {features}");
        }

        var names = learner.List("feature_names");
        if (names is null || names.Count == 0)
        {
            // Training without names calls them f0, f1, ….
            return OutsideNames is { } outside && outside.Count == features && !outside.Select((name, i) => name == $"f{i}").All(isMade => isMade)
                ? [.. outside]
                : null;
        }

        return names.Count == features && names.All(name => name is string)
            ? [.. names.Cast<string>()]
            : throw errors.Fail($"it has {names.Count} names of features, and takes {features}");
    }

    // Since 3.1.
    private CategoryColumn?[]? Categories(DocumentObject model, int features)
    {
        var columns = model.Object("cats")?.List("enc");
        if (columns is null || columns.Count != features)
        {
            return null;
        }

        var categories = new CategoryColumn?[features];
        for (var i = 0; i < features; i++)
        {
            categories[i] = CategoryNames.Of(columns[i] as DocumentObject, i, errors);
        }

        return categories.Any(column => column is not null) ? categories : null;
    }

    private int Parameter(string name, int absent, int largest)
    {
        var text = learner.Object("learner_model_param")?.Text(name);
        if (text is null)
        {
            return absent;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= largest
            ? value
            : throw errors.Fail($"its parameter '{name}' is {Excerpt.Of(text)}, expected a number up to {largest}");
    }
}
