using System.Buffers;
using System.Text.Json;

namespace Flama.Json;

internal ref partial struct RowReader
{
    private const int MaxNamesShown = 10;

    // Names that come with the rows are kept as strings; more of them than this is not a table any more.
    private const int MaxLearnedNames = 1 << 16;

    private void ReadObjectRow()
    {
        if (plan.Names is null)
        {
            if (Problem())
            {
                problems!.Add(new(
                    ProblemTypes.RowType,
                    $"{RowPlan.Where(row)} is an object, and the model was trained without feature names, "
                    + $"expected a list of {Count(plan.Columns, "value")}.",
                    row));
            }

            reader.Skip();
            return;
        }

        var rented = ArrayPool<bool>.Shared.Rent(plan.Columns);
        var seen = rented.AsSpan(0, plan.Columns);
        seen.Clear();
        try
        {
            ReadMembers(seen);
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(rented);
        }
    }

    private void ReadMembers(Span<bool> seen)
    {
        StartRow();
        List<string>? unknown = null;
        var found = 0;
        var next = 0;
        for (reader.Read(); reader.TokenType != JsonTokenType.EndObject; reader.Read())
        {
            var column = Find(next);
            if (column < 0)
            {
                NoteUnknown(ref unknown);
                reader.Skip();
                continue;
            }

            reader.Read();
            if (!seen[column])
            {
                seen[column] = true;
                found++;
            }
            else if (problems is null)
            {
                batch!.SetNumber(row, column, FeatureBatch.Null);
            }

            ReadCell(column);
            next = column + 1;
        }

        if (unknown is not null && Problem())
        {
            problems!.Add(new(
                ProblemTypes.UnknownFeature,
                $"{RowPlan.Where(row)} has names that the model does not know: {Excerpt.List(unknown, MaxNamesShown)}. "
                + $"It takes{plan.DescribeNames()}.",
                row));
        }

        if (found < seen.Length)
        {
            NoteMissing(seen);
        }
    }

    private int Find(int expected)
    {
        try
        {
            return plan.Find(ref reader, expected);
        }
        catch (InvalidOperationException)
        {
            throw JsonFault.LoneSurrogate(original, (int)reader.TokenStartIndex, subject);
        }
    }

    private void NoteUnknown(ref List<string>? unknown)
    {
        if (plan.SelectsByName || (plan.IgnoredNames?.Contains(ReadName(ref reader)) ?? false))
        {
            return;
        }

        unknown ??= [];
        unknown.Add(unknown.Count < MaxNamesShown && (problems?.WantsMessage ?? true) ? Excerpt.Of(ReadName(ref reader)) : string.Empty);
    }

    private void NoteMissing(ReadOnlySpan<bool> seen)
    {
        List<string>? missing = null;
        for (var column = 0; column < seen.Length; column++)
        {
            if (!seen[column] && plan[column].IsUsed)
            {
                missing ??= [];
                missing.Add(Excerpt.Of(plan.Names![column]));
            }
        }

        if (missing is not null && Problem())
        {
            problems!.Add(new(
                ProblemTypes.MissingFeature,
                $"{RowPlan.Where(row)} lacks {Count(missing.Count, "feature")}: {Excerpt.List(missing, MaxNamesShown)}.",
                row));
        }
    }

    // Dictionary vectorisers: the columns are all names of all rows. A copy of the reader collects them first.
    private void ReadRecords()
    {
        var ahead = reader;
        OrderedDictionary<string, bool> names = new(StringComparer.Ordinal);
        for (; ahead.TokenType != JsonTokenType.EndArray; ahead.Read())
        {
            if (ahead.TokenType == JsonTokenType.StartObject)
            {
                LearnNames(ref ahead, names);
            }
            else
            {
                ahead.Skip();
            }
        }

        plan = plan.WithNames([.. names.Keys]);
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read(), row++)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadRecord();
                continue;
            }

            if (Problem())
            {
                problems!.Add(new(
                    ProblemTypes.RowType, $"{RowPlan.Where(row)} is {Describe()}, expected an object of names and values.", row));
            }

            reader.Skip();
        }
    }

    // A name that is absent stays FeatureBatch.Null; a null that is written out is plain NaN, as in Python's vectoriser.
    private void ReadRecord()
    {
        StartRow();
        var next = 0;
        for (reader.Read(); reader.TokenType != JsonTokenType.EndObject; reader.Read())
        {
            var column = Find(next);
            reader.Read();
            if (column < 0)
            {
                reader.Skip();
                continue;
            }

            if (problems is null)
            {
                batch!.SetNumber(row, column, double.NaN);
            }

            if (reader.TokenType != JsonTokenType.Null)
            {
                ReadCell(column);
            }

            next = column + 1;
        }
    }

    // Leaves the reader at the end of the object.
    private readonly void LearnNames(ref Utf8JsonReader ahead, OrderedDictionary<string, bool> names)
    {
        for (ahead.Read(); ahead.TokenType != JsonTokenType.EndObject; ahead.Read())
        {
            if (ReadName(ref ahead) is var name && !(plan.IgnoredNames?.Contains(name) ?? false))
            {
                names.TryAdd(name, true);
            }

            if (names.Count > MaxLearnedNames)
            {
                throw new FlamaException(
                    ErrorCodes.InputTooLarge, $"The rows have more than {MaxLearnedNames} names.", "Send rows with fewer names.");
            }

            ahead.Skip();
        }
    }

    private readonly string ReadName(ref Utf8JsonReader at)
    {
        try
        {
            return at.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw JsonFault.LoneSurrogate(original, (int)at.TokenStartIndex, subject);
        }
    }
}
