using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>The estimator of a file that is served, and what it was made from.</summary>
/// <param name="Estimator">The estimator.</param>
/// <param name="Value">The object it was made of.</param>
/// <param name="Loader">What made it.</param>
internal sealed record EstimatorChoice(Estimator Estimator, PickleObject Value, EstimatorLoader Loader)
{
    private const int MaxListed = 12;

    /// <summary>Makes the estimator of a file: its only one, or the only one of several that can predict.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="root">The file's object.</param>
    /// <exception cref="FlamaException">The file holds none, or several that could be meant, or an unsound one.</exception>
    public static EstimatorChoice Make(string file, object? root)
    {
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

        if (predictors.Count != 1 || failures.Count > 0)
        {
            throw new FlamaException(
                ErrorCodes.NotAModel,
                $"'{file}' holds {findings.Count} estimators, and which one to serve is not clear: {List(findings)}.",
                "Save one model to a file of its own, with what prepares its rows in a Pipeline: joblib.dump(pipeline, path).");
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
