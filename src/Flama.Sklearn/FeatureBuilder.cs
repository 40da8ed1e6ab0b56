namespace Flama.Sklearn;

/// <summary>One input column while the signature is put together: every step that looks at the column adds what it needs.</summary>
internal sealed class FeatureBuilder
{
    private bool needsNumber;
    private bool needsText;
    private bool refusesText;
    private bool refusesMissing;
    private bool refusesInfinity;
    private bool isHandedOn;
    private CellTypes knownTypes;
    private Scalar? filling;
    private List<IReadOnlyList<Scalar>>? seen;
    private IReadOnlyList<Scalar> categories = [];

    public string? Name { get; set; }

    public bool IsUsed { get; private set; }

    public Scalar? Example { get; private set; }

    /// <summary>A step computes with the column.</summary>
    public void UseAsNumber(bool parsesText, bool takesMissing, bool takesInfinity = false)
    {
        IsUsed = true;
        needsNumber = true;
        refusesText |= !parsesText;
        refusesMissing |= !takesMissing;
        refusesInfinity |= !takesInfinity;
    }

    /// <summary>A step looks values up in the column.</summary>
    public void UseAsCategory(bool takesMissing, IReadOnlyList<Scalar>? only = null)
    {
        IsUsed = true;
        refusesMissing |= !takesMissing;
        if (only is not null && categories.Count == 0)
        {
            categories = only;
        }
    }

    /// <summary>A step reads the column as documents.</summary>
    public void UseAsText()
    {
        IsUsed = true;
        needsText = true;
        refusesMissing = true;
    }

    /// <summary>A step takes the column as it is and hands it on.</summary>
    public void UseAsIs(bool takesMissing)
    {
        IsUsed = true;
        isHandedOn = true;
        refusesMissing |= !takesMissing;
    }

    /// <summary>Notes values that a step saw in the column in training.</summary>
    public void Learn(IReadOnlyList<Scalar> values) => (seen ??= []).Add(values);

    /// <summary>Notes what a step saw in the column in training.</summary>
    public void Learn(CellTypes types) => knownTypes |= types;

    /// <summary>A step puts this value where the column has none, so that later steps saw it without the column having had it.</summary>
    public void FillWith(Scalar value) => filling = value;

    /// <summary>Takes over what a later step says of the same column: its categories and its typical value.</summary>
    public void Adopt(FeatureBuilder later)
    {
        if (later.seen is not null)
        {
            (seen ??= []).AddRange(later.seen);
        }

        knownTypes |= later.knownTypes;
        if (categories.Count == 0)
        {
            categories = later.categories;
        }

        if (later.Example is { } example)
        {
            OfferExample(example);
        }
    }

    /// <summary>Offers a typical value; the first offer stays.</summary>
    public void OfferExample(Scalar value)
    {
        if (value.Kind == ScalarKind.Float && !double.IsFinite(value.Number))
        {
            return;
        }

        Example ??= value;
    }

    public Feature Build() => new(needsText ? FeatureKind.Text : needsNumber ? FeatureKind.Number : FeatureKind.Any)
    {
        Name = Name,
        IsUsed = IsUsed,
        AllowsMissing = !refusesMissing,
        AllowsInfinity = !refusesInfinity,
        ParsesText = needsNumber && !refusesText,
        Categories = categories,
        TrainedOn = TrainedOn(),
        Example = Example,
    };

    // Columns that are handed on become numbers, which digits kept as text are not.
    private CellTypes TrainedOn()
    {
        if (seen is null)
        {
            return isHandedOn ? knownTypes & ~CellTypes.LargeInteger : knownTypes;
        }

        var types = TypesOfSeen(filling);
        types = knownTypes | (types == CellTypes.Unknown ? TypesOfSeen(except: null) : types);
        return isHandedOn ? types & ~CellTypes.LargeInteger : types;
    }

    private CellTypes TypesOfSeen(Scalar? except)
    {
        var types = CellTypes.Unknown;
        foreach (var values in seen!)
        {
            types |= TrainedCells.TypesOf(values, except);
        }

        return types;
    }
}
