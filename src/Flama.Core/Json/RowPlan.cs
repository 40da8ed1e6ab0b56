using System.Text;
using System.Text.Json;

namespace Flama.Json;

/// <summary>What a row must have, in the form the reader asks for it. Immutable but for the cache of strings.</summary>
internal sealed class RowPlan
{
    private const int StackLength = 256;
    private const int MaxNamesShown = 50;

    private readonly CellPlan[] cells;
    private readonly CellPlan? every;
    private readonly byte[][] utf8Names;
    private readonly Dictionary<string, int> positions;
    private readonly int longestName;

    public RowPlan(TableSpec spec)
        : this(
            spec.RowForm,
            [.. spec.Features.Select(feature => new CellPlan(feature))],
            spec.HasNames ? [.. spec.Features.Select(feature => feature.Name!)] : null,
            new TextCache())
    {
        Columns = cells.Length;
        KnowsWidth = spec.HasKnownFeatures;
        SelectsByName = spec.SelectsByName;
        IgnoredNames = spec.IgnoredNames.Count == 0 ? null : spec.IgnoredNames.ToHashSet(StringComparer.Ordinal);
        if (spec.RowForm == RowForm.Document && (cells.Length == 0 || !KnowsWidth))
        {
            cells = [new CellPlan(new Feature(FeatureKind.Text))];
            Columns = 1;
            KnowsWidth = true;
        }
    }

    // The plan of a model that checks its rows itself.
    private RowPlan(RowForm form, int columns, string[]? names, TextCache texts)
        : this(form, [], names, texts)
    {
        every = CellPlan.Anything;
        Columns = columns;
    }

    private RowPlan(RowForm form, CellPlan[] cells, string[]? names, TextCache texts)
    {
        Form = form;
        this.cells = cells;
        Names = names;
        Texts = texts;
        KnowsWidth = true;
        utf8Names = [.. (names ?? []).Select(Encoding.UTF8.GetBytes)];
        longestName = utf8Names.Length == 0 ? 0 : utf8Names.Max(name => name.Length);
        positions = new(StringComparer.Ordinal);
        for (var i = 0; i < utf8Names.Length; i++)
        {
            positions.TryAdd(names![i], i);
        }
    }

    public RowForm Form { get; }

    /// <summary>Whether the number of columns is known before the first row.</summary>
    public bool KnowsWidth { get; }

    public bool SelectsByName { get; }

    /// <summary>Names that objects may have besides; null for none.</summary>
    public IReadOnlySet<string>? IgnoredNames { get; private init; }

    /// <summary>The names of the features in training order, or null.</summary>
    public string[]? Names { get; }

    public TextCache Texts { get; }

    public int Columns { get; }

    public CellPlan this[int column] => every ?? cells[column];

    /// <summary>The plan of a model that takes any width, once the first row has shown its own.</summary>
    public RowPlan WithWidth(int columns) => new(Form, columns, null, Texts);

    /// <summary>The plan of a model that takes any width, once the first object has shown its names, or the records all of theirs.</summary>
    public RowPlan WithNames(string[] names) => new(Form, names.Length, names, Texts) { IgnoredNames = IgnoredNames };

    /// <summary>
    /// The position of the feature that the reader's property names; -1 when there is none. Objects mostly keep the training order, so
    /// the expected position is tried first.
    /// </summary>
    public int Find(ref Utf8JsonReader reader, int expected)
    {
        if (expected < utf8Names.Length && !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(utf8Names[expected]))
        {
            return expected;
        }

        // An escape takes at most six bytes for one byte of the name.
        if (reader.ValueSpan.Length > 6L * longestName)
        {
            return -1;
        }

        var length = reader.ValueSpan.Length;
        var buffer = length <= StackLength ? stackalloc char[StackLength] : new char[length];
        var name = buffer[..reader.CopyString(buffer)];
        return positions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var position) ? position : -1;
    }

    /// <summary>The names in training order for a message, after a colon; empty when the features have none.</summary>
    public string DescribeNames() => Names is null ? string.Empty : $": {Excerpt.List(Names, MaxNamesShown)}";

    /// <summary>A row for a message: <c>row 0</c>.</summary>
    public static string Where(int row) => $"Row {row}";

    /// <summary>A cell for a message: <c>Row 0, feature 1 ('age')</c>.</summary>
    public string Where(int row, int column) => Names?[column] is { } name
        ? $"Row {row}, feature {column} ({Excerpt.Of(name)})"
        : $"Row {row}, feature {column}";
}
