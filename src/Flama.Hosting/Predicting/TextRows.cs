namespace Flama.Hosting.Predicting;

/// <summary>Rows of one text each.</summary>
internal sealed class TextRows(string[] texts) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec)
    {
        if (texts.Length == 0)
        {
            throw RowProblems.Empty();
        }

        if (spec.RowForm != RowForm.Document && spec is { HasKnownFeatures: true, Features.Count: not 1 })
        {
            throw RowProblems.Width(0, 1, spec);
        }

        var batch = FeatureBatch.Rent(texts.Length, 1, withTexts: true);
        for (var row = 0; row < texts.Length; row++)
        {
            batch.SetText(row, 0, texts[row]);
        }

        return batch;
    }
}
