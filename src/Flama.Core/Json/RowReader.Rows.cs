using System.Text.Json;

namespace Flama.Json;

internal ref partial struct RowReader
{
    private void ReadRows()
    {
        var form = reader.TokenType;
        if (!plan.KnowsWidth)
        {
            LearnWidth();
        }

        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read(), row++)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when form == JsonTokenType.StartArray:
                    ReadArrayRow();
                    break;
                case JsonTokenType.StartObject when form == JsonTokenType.StartObject:
                    ReadObjectRow();
                    break;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    MixedRow(form);
                    break;
                default:
                    ReadBareRow(form);
                    break;
            }
        }
    }

    private void ReadArrayRow()
    {
        StartRow();
        var problemsBefore = problems?.Count ?? 0;
        var column = 0;
        for (reader.Read(); reader.TokenType != JsonTokenType.EndArray; reader.Read(), column++)
        {
            if (column < plan.Columns)
            {
                ReadCell(column);
            }
            else
            {
                reader.Skip();
            }
        }

        if (column != plan.Columns)
        {
            // What the cells are does not matter in a row of the wrong width.
            problems?.CutTo(problemsBefore);
            if (Problem())
            {
                problems!.Add(new(ProblemTypes.FeatureCount, DescribeWidth(column), row));
            }
        }
    }

    // A row that is a single value: the documents of a text model, and an error elsewhere.
    private void ReadBareRow(JsonTokenType form)
    {
        if (form is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            MixedRow(form);
        }
        else if (plan.Form == RowForm.Document && plan.Columns == 1)
        {
            StartRow();
            ReadCell(0);
        }
        else if (Problem())
        {
            problems!.Add(new(ProblemTypes.RowType, $"{RowPlan.Where(row)} is {Describe()}, expected a list of {plan.Columns} values.", row));
        }
    }

    private void MixedRow(JsonTokenType form)
    {
        if (Problem())
        {
            var first = form switch
            {
                JsonTokenType.StartArray => "a list",
                JsonTokenType.StartObject => "an object",
                _ => "a single value",
            };
            problems!.Add(new(
                ProblemTypes.MixedRows, $"{RowPlan.Where(row)} is {Describe()} and row 0 is {first}, expected all rows in the same form.", row));
        }

        reader.Skip();
    }

    // One row without the list around it, where that cannot be misread; a copy of the reader looks ahead.
    private void ReadFlat()
    {
        var ahead = reader;
        var count = 0;
        var nested = false;
        for (; ahead.TokenType != JsonTokenType.EndArray; ahead.Read(), count++)
        {
            nested |= ahead.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
            ahead.Skip();
        }

        if (nested)
        {
            ReadRows();
        }
        else if (plan.KnowsWidth && plan.Columns > 1 && count == plan.Columns)
        {
            StartRow();
            for (var column = 0; reader.TokenType != JsonTokenType.EndArray; reader.Read(), column++)
            {
                ReadCell(column);
            }
        }
        else
        {
            reader = ahead;
            var takes = plan.KnowsWidth ? $"rows of {Count(plan.Columns, "feature")}{plan.DescribeNames()}" : "a list of rows";
            Problem(
                ProblemTypes.FlatList,
                $"The input is one flat list of {Count(count, "value")}, expected {takes}. Wrap it: [[…]] is one row, [[…], […]] are two.");
        }
    }

    private void LearnWidth()
    {
        var ahead = reader;
        var columns = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                OrderedDictionary<string, bool> names = new(StringComparer.Ordinal);
                LearnNames(ref ahead, names);
                plan = plan.WithNames([.. names.Keys]);
                break;
            case JsonTokenType.StartArray:
                for (ahead.Read(); ahead.TokenType != JsonTokenType.EndArray; ahead.Read())
                {
                    columns++;
                    ahead.Skip();
                }

                plan = plan.WithWidth(columns);
                break;
        }
    }
}
