using System.Globalization;
using System.Text.Json;

namespace Flama.Hosting.Predicting;

/// <summary>Writes values of a program into the cells of a batch. Not thread-safe.</summary>
internal sealed class RowCells(FeatureBatch batch, TableSpec spec)
{
    /// <summary>The row that is written.</summary>
    public int Row { get; set; }

    /// <summary>Writes a number; NaN is missing.</summary>
    public void SetNumber(int column, double value) => batch.SetNumber(Row, column, value);

    /// <summary>Writes a text; null is missing.</summary>
    public void SetText(int column, string? value)
    {
        var feature = FeatureAt(column);
        if (value is null || feature is { IsUsed: false })
        {
            batch.SetNumber(Row, column, FeatureBatch.Null);
        }
        else if (feature is { Kind: FeatureKind.Number, ParsesText: true } && Json.PythonNumber.TryParse(value, out var number))
        {
            batch.SetNumber(Row, column, number);
        }
        else if (feature is { Kind: FeatureKind.Number })
        {
            throw RowProblems.Of(new InputProblem(
                "number_type",
                $"Row {Row}, feature {column}{(feature.Name is null ? string.Empty : $" ('{feature.Name}')")} is the text '{value}', expected a number.",
                Row,
                column,
                feature.Name));
        }
        else
        {
            batch.SetText(Row, column, value);
        }
    }

    /// <summary>Writes any value that a cell can hold.</summary>
    /// <exception cref="FlamaException">It is of another type.</exception>
    public void Set(int column, object? value)
    {
        switch (value)
        {
            case null:
                batch.SetNumber(Row, column, FeatureBatch.Null);
                break;
            case string text:
                SetText(column, text);
                break;
            case Enum named:
                SetText(column, named.ToString());
                break;
            case bool flag:
                SetNumber(column, flag ? 1 : 0);
                break;
            case JsonElement json:
                SetJson(column, json);
                break;
            case char symbol:
                SetText(column, symbol.ToString());
                break;
            case Half half:
                SetNumber(column, (double)half);
                break;
            case IConvertible number and not DateTime:
                SetNumber(column, number.ToDouble(CultureInfo.InvariantCulture));
                break;
            default:
                throw RowProblems.Type(Row, column, FeatureAt(column)?.Name, value);
        }
    }

    // What a request's body holds where its type is `object`.
    private void SetJson(int column, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                batch.SetNumber(Row, column, FeatureBatch.Null);
                break;
            case JsonValueKind.String:
                SetText(column, json.GetString());
                break;
            case JsonValueKind.Number:
                SetNumber(column, json.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                SetNumber(column, json.GetBoolean() ? 1 : 0);
                break;
            default:
                throw RowProblems.Type(Row, column, FeatureAt(column)?.Name, json);
        }
    }

    private Feature? FeatureAt(int column) => column < spec.Features.Count ? spec.Features[column] : null;
}
