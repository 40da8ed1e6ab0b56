using Flama.Boosters.CatBoost.Numerics;
using Flama.Json;

namespace Flama.Boosters.CatBoost;

/// <summary>Fills the bins of rows.</summary>
/// <param name="layout">What they are.</param>
/// <param name="owner">Whose rows they are, for errors.</param>
/// <param name="input">The rows.</param>
internal readonly ref struct BinRows(BinLayout layout, IRowOwner owner, FeatureBatch input)
{
    /// <summary>Answers what trees may ask of one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="answers">As many as the layout has.</param>
    public void Answer(int row, Span<byte> answers)
    {
        var cells = input.Row(row);
        foreach (var feature in layout.Floats)
        {
            var value = FloatBins.Value(input.IsNumeric ? cells[feature.Column] : Number(row, feature.Column), feature.Missing);
            foreach (var slot in feature.Slots)
            {
                BorderAnswers.Of(value, slot.Borders, answers[slot.FirstAnswer..]);
            }
        }

        if (layout.Categories.Length > 0)
        {
            Span<int> hashes = layout.Categories.Length <= 128 ? stackalloc int[layout.Categories.Length] : new int[layout.Categories.Length];
            Hash(row, 1, 1, hashes);
            AnswerCategories(row, hashes, answers);
        }
    }

    /// <summary>Fills the bins of some rows, bin by bin.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="stride">From one bin to the next, as many as there are rows or more: a multiple of the bytes of a vector.</param>
    /// <param name="bins">As many runs of <paramref name="stride"/> as the layout has bins.</param>
    public void Fill(int first, int rows, int stride, Span<byte> bins)
    {
        var rented = BufferPool<float>.Rent(stride);
        var values = rented.AsSpan(0, stride);
        values.Clear();
        foreach (var feature in layout.Floats)
        {
            ReadColumn(first, feature, values[..rows]);
            foreach (var slot in feature.Slots)
            {
                BinCounts.Of(values, slot.Borders, bins.Slice(slot.Bin * stride, stride));
            }
        }

        BufferPool<float>.Return(rented);
        if (layout.Categories.Length > 0)
        {
            var hashes = BufferPool<int>.Rent(layout.Categories.Length * stride);
            Hash(first, rows, stride, hashes);
            FillCategories(first, rows, stride, hashes, bins);
            BufferPool<int>.Return(hashes);
        }
    }

    private void ReadColumn(int first, FloatBins feature, Span<float> values)
    {
        if (input.IsNumeric)
        {
            var cells = input.Numbers[(first * input.Columns)..];
            var at = feature.Column;
            foreach (ref var value in values)
            {
                value = FloatBins.Value(cells[at], feature.Missing);
                at += input.Columns;
            }

            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = FloatBins.Value(Number(first + i, feature.Column), feature.Missing);
        }
    }

    private void Hash(int first, int rows, int stride, Span<int> hashes)
    {
        for (var i = 0; i < layout.Categories.Length; i++)
        {
            for (var row = 0; row < rows; row++)
            {
                hashes[(i * stride) + row] = CategoryHash.Of(owner, input, first + row, layout.Categories[i]);
            }
        }
    }

    private void AnswerCategories(int row, ReadOnlySpan<int> hashes, Span<byte> answers)
    {
        foreach (var oneHot in layout.OneHots)
        {
            answers[oneHot.Answer] = hashes[oneHot.Category] == oneHot.Value ? (byte)1 : (byte)0;
        }

        foreach (var ctr in layout.Ctrs)
        {
            var found = ctr.Table.Index.RowOf(Key(ctr, row, hashes, 0, 1));
            foreach (var (feature, slots) in ctr.Features)
            {
                var value = feature.Of(found);
                foreach (var slot in slots)
                {
                    BorderAnswers.Of(value, slot.Borders, answers[slot.FirstAnswer..]);
                }
            }
        }
    }

    private void FillCategories(int first, int rows, int stride, ReadOnlySpan<int> hashes, Span<byte> bins)
    {
        foreach (var oneHot in layout.OneHots)
        {
            for (var row = 0; row < rows; row++)
            {
                bins[(oneHot.Bin * stride) + row] = hashes[(oneHot.Category * stride) + row] == oneHot.Value ? (byte)1 : (byte)0;
            }
        }

        foreach (var ctr in layout.Ctrs)
        {
            for (var row = 0; row < rows; row++)
            {
                var found = ctr.Table.Index.RowOf(Key(ctr, first + row, hashes, row, stride));
                foreach (var (feature, slots) in ctr.Features)
                {
                    var value = feature.Of(found);
                    foreach (var slot in slots)
                    {
                        bins[(slot.Bin * stride) + row] = BinCounts.Of(value, slot.Borders);
                    }
                }
            }
        }
    }

    private ulong Key(CtrBins ctr, int row, ReadOnlySpan<int> hashes, int at, int stride)
    {
        var key = 0UL;
        foreach (var category in ctr.Categories)
        {
            key = CtrProjection.Combine(key, (ulong)hashes[(category * stride) + at]);
        }

        foreach (var (column, missing, border) in ctr.Floats)
        {
            key = CtrProjection.Combine(key, FloatBins.Value(Number(row, column), missing) > border ? 1UL : 0);
        }

        foreach (var (category, value) in ctr.OneHots)
        {
            key = CtrProjection.Combine(key, hashes[(category * stride) + at] == value ? 1UL : 0);
        }

        return key;
    }

    // Python's float() reads texts too.
    private double Number(int row, int column) => input.TextAt(row, column) is not { } text ? input.Row(row)[column]
        : PythonNumber.TryParse(text, out var number) ? number
        : throw InputCheck.CellProblem(
            owner, input, row, column, ProblemTypes.UnreadableNumber, $"{owner.Name} needs a number and found the text {Excerpt.Of(text)}");
}
