using System.Buffers;
using System.Text;
using System.Text.Json;
using Flama.Tables;

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
            if (cell.IsUsed)
            {
                Refuse(CellFault.NotText, cell, column, "a number");
            }
            else if (!double.IsFinite(JsonNumber.Parse(token)))
            {
                Refuse(CellFault.OutOfRange, cell, column, null);
            }
        }
        else if (hasStandIns && original.Slice((int)reader.TokenStartIndex, token.Length) is var written && !written.SequenceEqual(token))
        {
            ReadWord(cell, column, written[0]);
        }
        else
        {
            var value = JsonNumber.Parse(token);
            if (cell.KeepsDigits && LargeIntegers.Contains(token))
            {
                KeepDigits(cell, column, token);
            }
            else if (double.IsFinite(value))
            {
                Keep(cell, column, value, null);
            }
            else
            {
                // Also where the model never looks: such a number is none that any reader of JSON can hold.
                Refuse(CellFault.OutOfRange, cell, column, null);
            }
        }
    }

    private void KeepDigits(CellPlan cell, int column, scoped ReadOnlySpan<byte> token)
    {
        Span<char> digits = stackalloc char[token.Length];
        Encoding.ASCII.GetChars(token, digits);
        if (!cell.IsKnown(digits))
        {
            Refuse(CellFault.UnknownCategory, cell, column, null);
        }
        else if (problems is null)
        {
            batch!.SetText(row, column, plan.Texts.Get(digits));
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
        else if (cell.IsUsed)
        {
            Refuse(CellFault.NotText, cell, column, shown);
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
            Refuse(CellFault.NotANumber, cell, column, null);
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
        var fault = CellRules.Text(cell, text, out var number);
        if (number is { } value)
        {
            Keep(cell, column, value, Excerpt.Of(text));
        }
        else if (fault != CellFault.None)
        {
            if (Problem())
            {
                AddProblem(CellRules.TypeOf(fault), column, CellRules.Describe(fault, cell, Excerpt.Of(text)));
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
        var fault = CellRules.Number(cell, ref value);
        if (fault != CellFault.None)
        {
            Refuse(fault, cell, column, shown);
        }
        else if (problems is null)
        {
            cells[column] = value;
        }
    }

    // Shown is what was written where that is not the reader's token.
    private void Refuse(CellFault fault, CellPlan cell, int column, string? shown)
    {
        if (Problem())
        {
            AddProblem(CellRules.TypeOf(fault), column, CellRules.Describe(fault, cell, shown ?? Shown(reader.ValueSpan)));
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
