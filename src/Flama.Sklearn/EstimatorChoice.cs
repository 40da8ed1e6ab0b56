using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>The estimator of a file that is served, and what it was made from.</summary>
/// <param name="Estimator">The estimator.</param>
/// <param name="Value">The object it was made of.</param>
/// <param name="Loader">What made it.</param>
internal sealed record EstimatorChoice(Estimator Estimator, PickleObject Value, EstimatorLoader Loader)
{
    private const int MaxListed = 12;

    private const string KeyRemedy = "Choose one by its key: --model-key KEY, LoadOptions.ModelKey. Better, save the model with what prepares its rows in a Pipeline: joblib.dump(pipeline, path).";

    /// <summary>Makes the estimator of a file: its only one, the one of a key, or the only one of a dict that can predict.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="root">The file's object.</param>
    /// <param name="key">The key that was asked for; null for none.</param>
    /// <exception cref="FlamaException">The file holds none, or several that could be meant, or an unsound one; there is none of the key.</exception>
    public static EstimatorChoice Make(string file, object? root, string? key = null)
    {
        if (key is not null)
        {
            return OfKey(file, EstimatorSearch.In(root, withParts: true), key);
        }

        var findings = EstimatorSearch.In(root);
        if (findings.Count == 1)
        {
            return Build(findings[0].Value, findings[0].Path);
        }

        if (findings.Count > 1)
        {
            return Pick(file, findings);
        }

        // An object of a class that is no estimator's explains itself.
        return root is PickleObject { Entries: null } unknown && !IsData(unknown.Class)
            ? Build(unknown, "")
            : throw new FlamaException(
                ErrorCodes.NotAModel,
                $"'{file}' holds {PythonType.NameOf(root)}, which is data, not a model.",
                "Save the estimator itself: joblib.dump(model, path).");
    }

    // A key of a dict, a position, or the whole path.
    private static EstimatorChoice OfKey(string file, List<EstimatorSearch.Finding> findings, string key)
    {
        var step = $"['{InputCheck.Shorten(key)}']";
        var found = findings.FindAll(finding => finding.Path == key);
        found = found.Count > 0 ? found : findings.FindAll(finding => finding.Path.EndsWith(step, StringComparison.Ordinal) || finding.Path.EndsWith($"[{key}]", StringComparison.Ordinal));
        return found.Count == 1
            ? Build(found[0].Value, found[0].Path)
            : throw new FlamaException(
                ErrorCodes.NotAModel,
                found.Count > 1 ? $"'{file}' holds {found.Count} estimators of the key '{InputCheck.Shorten(key)}': {List(found)}."
                    : findings is [{ Path: "" }] ? $"'{file}' holds one model, {findings[0].Value.Class.Name}, and no key '{InputCheck.Shorten(key)}'."
                    : findings.Count == 0 ? $"'{file}' holds no estimator of the key '{InputCheck.Shorten(key)}', nor any other."
                    : $"'{file}' holds no estimator of the key '{InputCheck.Shorten(key)}'. There are: {List(findings)}.",
                findings is [{ Path: "" }] ? "Leave the key out." : "Give one of the keys, or a path as it is listed.");
    }

    private static bool IsData(GlobalName name) => name.Module.Split('.', 2)[0] is "pandas" or "numpy" or "scipy" or "pyarrow";

    private static EstimatorChoice Build(PickleObject value, string path)
    {
        var loader = new EstimatorLoader();
        return new(loader.Build(value, $"model{path}", inherited: null), value, loader);
    }

    private static EstimatorChoice Pick(string file, List<EstimatorSearch.Finding> findings)
    {
        var predictors = new List<(EstimatorChoice Choice, string Path)>();
        var failures = new List<FlamaException>();
        foreach (var finding in findings)
        {
            try
            {
                var choice = Build(finding.Value, finding.Path);
                if (choice.Estimator.Has(Method.Predict))
                {
                    predictors.Add((choice, finding.Path));
                }
            }
            catch (FlamaException exception)
            {
                failures.Add(exception);
            }
        }

        if (predictors.Count == 0 && failures.Count == 1)
        {
            throw failures[0];
        }

        // A dict says by its keys what is the model; a position says nothing.
        if (predictors.Count != 1 || failures.Count > 0 || predictors[0].Path is not [.., '\'', ']'])
        {
            throw new FlamaException(
                ErrorCodes.NotAModel,
                $"'{file}' holds {findings.Count} estimators, and which one to serve is not clear: {List(findings)}.",
                KeyRemedy);
        }

        var (chosen, path) = predictors[0];
        chosen.Loader.Warn(
            $"The file holds more than the model, which is {chosen.Estimator.Name} at {path}: {List(findings.Where(finding => finding.Path != path))}. "
            + "These are not applied: rows must come prepared as the model was trained. A Pipeline would keep them together.");
        return chosen;
    }

    private static string List(IEnumerable<EstimatorSearch.Finding> findings)
    {
        var names = findings.Select(finding => $"{finding.Value.Class.Name} at {finding.Path}").ToList();
        return names.Count <= MaxListed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MaxListed))} and {names.Count - MaxListed} more";
    }
}
