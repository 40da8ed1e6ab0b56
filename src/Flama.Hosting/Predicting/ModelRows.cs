using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Flama.Hosting.Predicting;
using Flama.Json;

namespace Flama;

/// <summary>Rows of a .NET program as input for a model: arrays, spans, dictionaries, columns, texts, records. Immutable.</summary>
/// <remarks>
/// Arrays are in the order of training. Dictionaries, columns and records go by feature name, which is matched exactly, else without regard to letter case and
/// underscores. NaN and null are missing values; whether a feature may be missing is for the model to decide. The data is read when the model is
/// called and must not change until then.
/// </remarks>
public abstract class ModelRows
{
    private protected ModelRows()
    {
    }

    /// <summary>Rows of numbers.</summary>
    public static implicit operator ModelRows(double[][] rows) => Of(rows);

    /// <summary>Rows of numbers.</summary>
    public static implicit operator ModelRows(float[][] rows) => Of(rows);

    /// <summary>Rows of numbers and texts.</summary>
    public static implicit operator ModelRows(object?[][] rows) => Of(rows);

    /// <summary>One row of numbers.</summary>
    public static implicit operator ModelRows(double[] row) => FromCells(row, row?.Length ?? 0);

    /// <summary>One row of numbers.</summary>
    public static implicit operator ModelRows(float[] row) => FromCells(row, row?.Length ?? 0);

    /// <summary>Rows of numbers, each as long as the model has features.</summary>
    public static ModelRows Of(double[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new NumberRows<double>(rows, static value => value);
    }

    /// <summary>Rows of numbers, each as long as the model has features.</summary>
    public static ModelRows Of(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new NumberRows<float>(rows, static value => value);
    }

    /// <summary>Rows of numbers, booleans, texts and enums, each as long as the model has features; null is a missing value.</summary>
    public static ModelRows Of(object?[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new MixedRows(rows);
    }

    /// <summary>Rows as values by feature name; names that the model does not know are ignored where it selects by name and an error elsewhere.</summary>
    public static ModelRows Of(IEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new DictionaryRows([.. rows]);
    }

    /// <summary>Rows as a request's body has them: a list of lists, or of objects by feature name. They are read as those of <c>POST /predict/</c> are.</summary>
    /// <param name="rows">The list; its document must live until the model is called.</param>
    public static ModelRows OfJson(JsonElement rows) => new JsonRows(rows);

    /// <summary>Texts, one per row, for a model of documents.</summary>
    public static ModelRows OfTexts(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new TextRows([.. texts]);
    }

    /// <summary>Records, whose public properties are the features.</summary>
    /// <remarks>
    /// Numbers, booleans, strings, enums (by their name) and nullable ones of these. <see cref="FeatureAttribute"/> names a feature that is called otherwise.
    /// A feature without a property is an error that names it, unless the model does not use it.
    /// </remarks>
    /// <typeparam name="TRow">The record.</typeparam>
    public static ModelRows OfRecords<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(IEnumerable<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RecordRows<TRow>([.. rows]);
    }

    /// <summary>Columns by feature name, all of the same length: arrays or lists of numbers, booleans, strings or objects.</summary>
    public static ModelRows FromColumns(IReadOnlyDictionary<string, IList> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new ColumnRows(columns);
    }

    /// <summary>Cells of numbers, row-major.</summary>
    /// <param name="cells">The cells; copied.</param>
    /// <param name="columns">Cells per row; must divide their number.</param>
    public static ModelRows FromCells(ReadOnlySpan<double> cells, int columns) => new CellRows(cells.ToArray(), columns);

    /// <summary>Cells of numbers, row-major.</summary>
    /// <param name="cells">The cells; copied.</param>
    /// <param name="columns">Cells per row; must divide their number.</param>
    public static ModelRows FromCells(ReadOnlySpan<float> cells, int columns)
    {
        var wide = new double[cells.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = cells[i];
        }

        return new CellRows(wide, columns);
    }

    /// <summary>Writes the rows as the <c>input</c> of a request to a server has them, in the order of the model's features.</summary>
    /// <param name="method">The method that they are for, which takes rows.</param>
    /// <returns>A JSON list, UTF-8.</returns>
    /// <exception cref="FlamaException">The rows are not those of the method.</exception>
    /// <exception cref="ArgumentException">The method takes something else than rows, or a cell is infinite, which JSON cannot say.</exception>
    public ReadOnlyMemory<byte> ToJson(ModelMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method.Input is not TableSpec spec)
        {
            throw new ArgumentException($"'{method.Name}' of this model does not take rows.", nameof(method));
        }

        using var rows = ToBatch(spec);
        ArrayBufferWriter<byte> json = new();
        using Utf8JsonWriter writer = new(json, JsonOutput.Compact);
        RowsWriter.Write(writer, rows, spec.RowForm);
        writer.Flush();
        return json.WrittenMemory;
    }

    /// <summary>Makes the input of a method.</summary>
    internal abstract FeatureBatch ToBatch(TableSpec spec);
}
