using System.Numerics;
using Flama.Boosters;
using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Pickle.Pandas;

namespace Flama.Sklearn;

/// <summary>
/// The attributes of one pickled estimator. Every reader checks what it reads; an attribute that is missing or of the wrong shape explains
/// itself: which class, where in the model, what was expected, what was found.
/// </summary>
internal sealed partial class EstimatorState
{
    private readonly PickleObject pickled;
    private readonly EstimatorLoader loader;

    public EstimatorState(PickleObject pickled, string location, SklearnVersion version, EstimatorLoader loader)
    {
        this.pickled = pickled;
        this.loader = loader;
        Location = location;
        Version = version;
        if (pickled.State is not (PickleDict or null))
        {
            throw Fail($"its state is {PythonType.NameOf(pickled.State)}, expected a dict");
        }
    }

    /// <summary>The Python class and its module.</summary>
    public GlobalName Class => pickled.Class;

    /// <summary>The Python class without its module.</summary>
    public string ClassName => pickled.Class.Name;

    /// <summary>Where in the model this is, for example <c>model.steps[1]</c>.</summary>
    public string Location { get; }

    /// <summary>The version that wrote it.</summary>
    public SklearnVersion Version { get; }

    /// <summary>How a reader of boosters tells its errors.</summary>
    public BoosterErrors BoosterErrors => new(Fail, what => Unsupported(what));

    /// <summary>Whether the attribute is there; it may be None.</summary>
    public bool Has(string name) => pickled.Attributes?.TryGetValue(name, out _) ?? false;

    /// <summary>The attribute as read, None when it is absent.</summary>
    public object? Value(string name) => pickled.Attributes is { } attributes && attributes.TryGetValue(name, out var value) ? value : null;

    /// <summary>The attribute, which must be there and not None.</summary>
    public object Required(string name) => Value(name) ?? throw Fail(
        Has(name) ? $"its attribute '{name}' is None" : $"it has no attribute '{name}', as if it had not been fitted before it was saved");

    /// <summary>The first of several spellings that is there (attributes were renamed between versions); the last when none is.</summary>
    public string FirstOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Has(name))
            {
                return name;
            }
        }

        return names[^1];
    }

    /// <summary>A float or int.</summary>
    public double Number(string name) => Required(name) switch
    {
        double number => number,
        long integer => integer,
        bool flag => flag ? 1 : 0,
        BigInteger big => (double)big,
        NdArray { Length: 1 } array when array.IsNumeric => array.ToDoubles()[0],
        var other => throw Wrong(name, other, "a number"),
    };

    /// <summary>A float or int, or a default when the attribute is absent or None.</summary>
    public double Number(string name, double absent) => Value(name) is null ? absent : Number(name);

    /// <summary>An int within 32 bits.</summary>
    public int Integer(string name) => Required(name) switch
    {
        long integer and >= int.MinValue and <= int.MaxValue => (int)integer,
        double number when number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue => (int)number,
        NdArray { Length: 1 } array when array.IsNumeric => array.ToInt32s()[0],
        var other => throw Wrong(name, other, "an int"),
    };

    /// <summary>An int, or a default when the attribute is absent or None.</summary>
    public int Integer(string name, int absent) => Value(name) is null ? absent : Integer(name);

    /// <summary>An int, or null when the attribute is absent, None or not an int.</summary>
    public int? OptionalInteger(string name) => Value(name) is long and >= 0 and <= int.MaxValue ? Integer(name) : null;

    /// <summary>A bool; ints count.</summary>
    public bool Flag(string name) => Required(name) switch
    {
        bool flag => flag,
        long integer => integer != 0,
        var other => throw Wrong(name, other, "a bool"),
    };

    /// <summary>A bool, or a default when the attribute is absent or None.</summary>
    public bool Flag(string name, bool absent) => Value(name) is null ? absent : Flag(name);

    /// <summary>A string.</summary>
    public string Text(string name) => Required(name) as string ?? throw Wrong(name, Value(name), "a string");

    /// <summary>A string, or null when the attribute is absent or None.</summary>
    public string? OptionalText(string name) => Value(name) is null ? null : Text(name);

    /// <summary>One of some strings; others are refused by name.</summary>
    public string Choice(string name, params ReadOnlySpan<string> choices)
    {
        var value = Text(name);
        return choices.Contains(value)
            ? value
            : throw Unsupported($"{name}='{value}'", $"Known: {string.Join(", ", choices.ToArray())}.");
    }

    /// <summary>An array's or list's strings, or null when the attribute is absent, None or of other things.</summary>
    public IReadOnlyList<string>? OptionalTexts(string name) => Value(name) switch
    {
        NdArray { Type.Kind: DTypeKind.Text } array => array.ToStrings(),
        NdArray { Type.Kind: DTypeKind.Object } array when array.Items.All(item => item is string) => [.. array.Items.Cast<string>()],
        PickleObject instance when PandasTexts.TryRead(instance, out var texts) && texts.Items.All(item => item is string) => [.. texts.Items.Cast<string>()],
        PickleObject instance when PandasIndex.TryRead(instance, out var labels) && labels.ToObjects().All(item => item is string) => [.. labels.ToObjects().Cast<string>()],
        List<object?> list when list.TrueForAll(item => item is string) => [.. list.Cast<string>()],
        _ => null,
    };

    /// <summary>A list's or tuple's items.</summary>
    public IReadOnlyList<object?> List(string name) => ItemsOf(Required(name)) ?? throw Wrong(name, Value(name), "a list");

    /// <summary>A nested estimator.</summary>
    public Estimator Estimator(string name) => Nested(Required(name), name);

    /// <summary>An estimator that is an item of an attribute.</summary>
    /// <param name="value">The object.</param>
    /// <param name="place">Where in this estimator it is, for messages: <c>steps[1]</c>.</param>
    public Estimator Nested(object? value, string place) => loader.Build(value, $"{Location}.{place}", Version);

    /// <summary>The attributes of an object that is not an estimator by itself.</summary>
    public EstimatorState Part(object? value, string place) => value is PickleObject part
        ? new(part, $"{Location}.{place}", Version, loader)
        : throw Fail($"'{place}' is {PythonType.NameOf(value)}, expected an object");

    /// <summary>Tells the user something about the file that does not stop the load.</summary>
    public void Warn(string warning) => loader.Warn(warning);

    /// <summary>The error of a model that contradicts itself.</summary>
    /// <param name="what">What is wrong, continuing "X at model.steps[1]: ".</param>
    public FlamaException Fail(string what) => new(
        ErrorCodes.InvalidModel, $"{Class} at {Location}: {what}.", "The file is damaged or was made by a program other than scikit-learn; save the model again.");

    /// <summary>Checks that a part takes as many columns as it will be given.</summary>
    /// <param name="part">The part; null for columns that pass.</param>
    /// <param name="columns">How many it will be given.</param>
    /// <param name="place">Where in this estimator it is.</param>
    /// <exception cref="FlamaException">It takes another number.</exception>
    public void RequireColumns(Estimator? part, int columns, string place)
    {
        if (part?.FeatureCount is { } count && count != columns)
        {
            throw Fail($"{place} ({part.Name}) takes {count} features and is given {columns}");
        }
    }

    /// <summary>The error of a parameter that is known and cannot be evaluated.</summary>
    public FlamaException Unsupported(string what, string? detail = null) => new(
        ErrorCodes.UnsupportedEstimator,
        $"{Class} at {Location}: {what} cannot be evaluated without Python.{(detail is null ? "" : $" {detail}")}",
        "Export the model to ONNX, or train it without this part.");

    /// <summary>A list's, tuple's or one-dimensional object array's items; null for anything else.</summary>
    internal static IReadOnlyList<object?>? ItemsOf(object? value) => value switch
    {
        List<object?> list => list,
        PickleTuple tuple => tuple.Items,
        NdArray { Type.Kind: DTypeKind.Object } array => array.Items,
        _ => null,
    };

    private FlamaException Wrong(string name, object? found, string expected) =>
        Fail($"its attribute '{name}' is {PythonType.NameOf(found)}, expected {expected}");
}
