using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>Turns the objects of one file into estimators: each object once, no cycles, bounded nesting.</summary>
internal sealed class EstimatorLoader
{
    private const int MaxNesting = 64;

    // An evaluation takes at least some tenths of a microsecond per row.
    private const long MaxEvaluations = 1_000_000;

    private readonly Dictionary<PickleObject, Estimator?> built = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> warnings = [];
    private readonly Dictionary<PickleObject, long> evaluations = new(ReferenceEqualityComparer.Instance);
    private long counted;
    private int nesting;

    /// <summary>What a user should know about the file, in order.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Every estimator that was made, with its class.</summary>
    public IEnumerable<(GlobalName Class, Estimator Estimator)> Built =>
        built.Where(entry => entry.Value is not null).Select(entry => (entry.Key.Class, entry.Value!));

    /// <summary>The version that wrote the outermost estimator; null when no estimator says.</summary>
    public SklearnVersion? Version { get; private set; }

    /// <summary>The version as the file spells it, for example <c>1.4.2</c>.</summary>
    public string? VersionText { get; private set; }

    /// <summary>Adds a warning, once.</summary>
    public void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    /// <summary>Makes the estimator of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="location">Where in the model it is, for messages: <c>steps[1].estimator_</c>.</param>
    /// <param name="inherited">The version of what holds it, for objects that do not say their own.</param>
    /// <exception cref="FlamaException">It is not an estimator, not a known one, or not a sound one.</exception>
    public Estimator Build(object? value, string location, SklearnVersion? inherited)
    {
        if (value is not PickleObject pickled)
        {
            throw new FlamaException(ErrorCodes.InvalidModel, $"Expected an estimator at {location} and found {PythonType.NameOf(value)}.");
        }

        if (built.TryGetValue(pickled, out var known))
        {
            Count(evaluations.GetValueOrDefault(pickled), location);
            return known ?? throw new FlamaException(ErrorCodes.InvalidModel, $"The estimator at {location} contains itself.");
        }

        if (++nesting > MaxNesting)
        {
            throw new FlamaException(ErrorCodes.LimitExceeded, $"Estimators are nested deeper than {MaxNesting} at {location}.");
        }

        built.Add(pickled, null);
        var outer = counted;
        counted = 1;
        var estimator = EstimatorCatalog.Create(new EstimatorState(pickled, location, VersionOf(pickled, inherited), this));
        built[pickled] = estimator;
        evaluations[pickled] = counted;
        Count(outer, location);
        nesting--;
        return estimator;
    }

    // Parts may be shared: a part that two others hold is evaluated twice, and so on at every level.
    private void Count(long more, string location)
    {
        counted += more;
        if (counted > MaxEvaluations)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded,
                $"The model would evaluate more than {MaxEvaluations} estimators for each row, seen at {location}.",
                "Do not trust the file: its parts are shared so that the work doubles at every level.");
        }
    }

    private SklearnVersion VersionOf(PickleObject pickled, SklearnVersion? inherited)
    {
        if (pickled.Attributes is { } attributes && attributes.TryGetValue("_sklearn_version", out var value)
            && value is string text && SklearnVersion.Parse(text) is { } version)
        {
            Version ??= version;
            VersionText ??= text;
            if (version.IsMinorAfter(SklearnVersion.Newest))
            {
                Warn($"The model was written by scikit-learn {text}, newer than {SklearnVersion.Newest}, the newest that was checked; "
                    + $"it is read by the rules of {SklearnVersion.Newest}.");
            }

            return version;
        }

        return inherited ?? WriterVersion.Within(pickled) ?? SklearnVersion.Newest;
    }
}
