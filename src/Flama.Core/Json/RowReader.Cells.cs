using System.Buffers;
using System.Text.Json;

namespace Flama.Json;

internal ref partial struct RowReader
{
    private const int StackLength = 256;

    private void ReadCell(int column)
    {
        var cell = plan[column];
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                ReadNumber(cell, column);
                break;
            case JsonTokenType.String:
                ReadText(cell, column);
                break;
            case JsonTokenType.Null:
                Keep(cell, column, FeatureBatch.Null, "null");
                break;
            case JsonTokenType.True:
                ReadBoolean(cell, column, 1, "true");
                break;
            case JsonTokenType.False:
                ReadBoolean(cell, column, 0, "false");
                break;
            default:
                NestedCell(column);
                break;
        }
    }

    private void ReadNumber(CellPlan cell, int column)
    {
        var token = reader.ValueSpan;
        if (!cell.TakesNumbers)
        {
            if (cell.IsUsed && Problem())
            {
                AddProblem(ProblemTypes.NotText, column, "is a number, expected text");
            }
        }
        else if (hasStandIns && original.Slice((int)reader.TokenStartIndex, token.Length) is var written && !written.SequenceEqual(token))
        {
            ReadWord(cell, column, written[0]);
        }
        else
        {
            var value = JsonNumber.Parse(token);
            if (double.IsFinite(value))
            {
                Keep(cell, column, value, null);
            }
            else if (cell.IsUsed && Problem())
            {
                AddProblem(ProblemTypes.NumberRange, column, $"is {Shown(token)}, which is outside float64 (up to about 1.8e308)");
            }
        }
    }

    // Python's NaN, Infinity or -Infinity.
    private void ReadWord(CellPlan cell, int column, byte first)
    {
        switch (first)
        {
            case (byte)'N':
                Keep(cell, column, double.NaN, "NaN");
                break;
            case (byte)'I':
                Keep(cell, column, double.PositiveInfinity, "Infinity");
                break;
            default:
                Keep(cell, column, double.NegativeInfinity, "-Infinity");
                break;
        }
    }

    private void ReadBoolean(CellPlan cell, int column, double value, string shown)
    {
        if (cell.TakesNumbers)
        {
            Keep(cell, column, value, null);
        }
        else if (cell.IsUsed && Problem())
        {
            AddProblem(ProblemTypes.NotText, column, $"is {shown}, expected text");
        }
    }

    private void ReadText(CellPlan cell, int column)
    {
        if (!cell.IsUsed)
        {
            return;
        }

        if (!cell.KeepsText && !cell.ParsesText)
        {
            if (Problem())
            {
                AddProblem(ProblemTypes.NotANumber, column, $"is the text {Shown()}, expected a number");
            }

            return;
        }

        var length = reader.ValueSpan.Length;
        char[]? rented = null;
        var buffer = length <= StackLength ? stackalloc char[StackLength] : rented = ArrayPool<char>.Shared.Rent(length);
        try
        {
            KeepText(cell, column, buffer[..reader.CopyString(buffer)]);
        }
        catch (InvalidOperationException)
        {
            throw JsonFault.LoneSurrogate(original, (int)reader.TokenStartIndex, subject);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }

    private void KeepText(CellPlan cell, int column, scoped ReadOnlySpan<char> text)
    {
        if (cell.ParsesText && PythonNumber.TryParse(text, out var number))
        {
            Keep(cell, column, number, Excerpt.Of(text));
        }
        else if (!cell.KeepsText)
        {
            if (Problem())
            {
                AddProblem(ProblemTypes.UnreadableNumber, column, $"is the text {Excerpt.Of(text)}, which does not read as a number");
            }
        }
        else if (!cell.IsKnown(text))
        {
            if (Problem())
            {
                AddProblem(ProblemTypes.UnknownCategory, column, $"is {Excerpt.Of(text)}, expected one of {cell.DescribeCategories()}");
            }
        }
        else if (problems is null)
        {
            batch!.SetText(row, column, plan.Texts.Get(text));
        }
    }

    // A number, or NaN for missing; shown is what was written where that is not the number itself.
    private void Keep(CellPlan cell, int column, double value, string? shown)
    {
        if (!cell.IsUsed)
        {
            value = double.IsFinite(value) ? value : FeatureBatch.Null;
        }
        else if (double.IsNaN(value) && !cell.AllowsMissing)
        {
            if (Problem())
            {
                AddProblem(ProblemTypes.MissingValue, column, $"is {shown}, and the model does not take missing values there");
            }

            return;
        }
        else if (double.IsInfinity(value) && !cell.AllowsInfinity)
        {
            if (Problem())
            {
                AddProblem(ProblemTypes.Infinity, column, $"is {shown}, expected a finite number");
            }

            return;
        }
        else if (!cell.IsKnown(value))
        {
            if (Problem())
            {
                var found = shown ?? Shown(reader.ValueSpan);
                AddProblem(ProblemTypes.UnknownCategory, column, $"is {found}, expected one of {cell.DescribeCategories()}");
            }

            return;
        }

        if (problems is null)
        {
            cells[column] = value;
        }
    }

    private void NestedCell(int column)
    {
        if (Problem())
        {
            var what = reader.TokenType == JsonTokenType.StartObject ? "is an object" : "is a list, which makes 3 dimensions";
            AddProblem(ProblemTypes.NestedCell, column, $"{what}, expected a single value (rows of values, 2 dimensions)");
        }

        reader.Skip();
    }
}
