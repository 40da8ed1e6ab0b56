using System.Diagnostics.CodeAnalysis;

namespace Flama.Hosting.Predicting;

/// <summary>Records, whose properties are the features.</summary>
internal sealed class RecordRows<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(TRow[] rows) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec)
    {
        if (rows.Length == 0)
        {
            throw RowProblems.Empty();
        }

        var binding = RecordBinding<TRow>.For(spec);
        var batch = FeatureBatch.RentEmpty(spec.Features.Count, rows.Length, spec.HasNames ? [.. spec.Features.Select(feature => feature.Name!)] : null);
        try
        {
            RowCells cells = new(batch, spec);
            foreach (var row in rows)
            {
                cells.Row = batch.AddRow();
                binding.Write(row, cells);
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
