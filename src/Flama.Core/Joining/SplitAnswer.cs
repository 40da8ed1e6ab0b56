namespace Flama.Joining;

/// <summary>The answer to rows of several callers, divided among them.</summary>
internal static class SplitAnswer
{
    /// <summary>Whether every array of an answer has an element per row.</summary>
    public static bool IsByRow(ModelOutput answer, int rows)
    {
        for (var i = 0; i < answer.Count; i++)
        {
            if (answer[i] is not PredictionBatch batch || batch.Rows != rows)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Copies what belongs to some rows into an answer of the same form.</summary>
    public static ModelOutput Take(ModelOutput answer, int first, int rows)
    {
        if (answer.Form == OutputForm.Single)
        {
            return ModelOutput.Of(((PredictionBatch)answer.First).CopyRows(first, rows));
        }

        var parts = new ModelArray[answer.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = ((PredictionBatch)answer[i]).CopyRows(first, rows);
        }

        return answer.Form == OutputForm.List ? ModelOutput.List(parts) : ModelOutput.Named([.. Enumerable.Range(0, parts.Length).Select(i => answer.NameOf(i)!)], parts);
    }
}
