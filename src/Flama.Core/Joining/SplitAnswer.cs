namespace Flama.Joining;

/// <summary>The answer to rows of several callers, divided among them.</summary>
internal static class SplitAnswer
{
    /// <summary>Whether every array of an answer has an element per row.</summary>
    public static bool IsByRow(ModelOutput answer, int rows)
    {
        for (var i = 0; i < answer.Count; i++)
        {
            if (answer[i] is not (PredictionBatch or ModelTensor) || answer[i].Shape is not [var length, ..] || length != rows)
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
            return ModelOutput.Of(Take(answer.First, first, rows));
        }

        var parts = new ModelArray[answer.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Take(answer[i], first, rows);
        }

        return answer.Form == OutputForm.List ? ModelOutput.List(parts) : ModelOutput.Named([.. Enumerable.Range(0, parts.Length).Select(i => answer.NameOf(i)!)], parts);
    }

    private static ModelArray Take(ModelArray array, int first, int rows) => array is PredictionBatch batch ? batch.CopyRows(first, rows) : JoinedTensors.Take((ModelTensor)array, first, rows);
}
