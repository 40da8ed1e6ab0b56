using System.Text.Json;

namespace Flama.Json;

internal ref partial struct RowReader
{
    // Rows of any length: a copy of the reader looks for the longest, and the others end in nulls.
    private void ReadLists()
    {
        plan = plan.WithWidth(LongestList());
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read(), row++)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                StartRow();
                reader.Read();
                for (var column = 0; reader.TokenType != JsonTokenType.EndArray; reader.Read(), column++)
                {
                    ReadCell(column);
                }

                continue;
            }

            if (Problem())
            {
                problems!.Add(new(ProblemTypes.RowType, $"{RowPlan.Where(row)} is {Describe()}, expected a list of any length.", row));
            }

            reader.Skip();
        }
    }

    private readonly int LongestList()
    {
        var ahead = reader;
        var longest = 0;
        for (; ahead.TokenType != JsonTokenType.EndArray; ahead.Read())
        {
            if (ahead.TokenType != JsonTokenType.StartArray)
            {
                ahead.Skip();
                continue;
            }

            ahead.Read();
            var length = 0;
            for (; ahead.TokenType != JsonTokenType.EndArray; ahead.Read(), length++)
            {
                ahead.Skip();
            }

            longest = Math.Max(longest, length);
        }

        return longest;
    }
}
