using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Flama.Tests.Hosting;

namespace Flama.AspNetCore.Tests;

public sealed class PredictionKeyTests
{
    private static readonly LoadedModel Loaded = new(FakeModels.Linear());

    private static readonly ModelMethod Predict = Loaded.Model.GetMethod(ModelMethod.Predict);

    [Fact]
    public void Keys_OfInputsThatDiffer_Differ()
    {
        Func<ModelInput>[] inputs =
        [
            () => Numbers(1, 1, 2), () => Numbers(2, 1, 2), () => Numbers(2, 2, 1), () => Numbers(1, 0.0, 2), () => Numbers(1, -0.0, 2),
            () => Numbers(1, double.NaN, 2), () => Numbers(1, FeatureBatch.Null, 2),
            () => Texts(1, "1", "2"), () => Texts(1, "12", ""), () => Texts(1, "", "12"), () => Texts(1, null, "12"), () => Texts(1, "1\0", "2"), () => Texts(1, "1", "\02"), () => Texts(1, "\ud800", "2"), () => Texts(1, "\ufffd", "2"),
            () => Named("a", "b"), () => Named("b", "a"), () => Named("ab", ""),
            () => Sparse(0), () => Sparse(1),
            () => Tensor("x", 2), () => Tensor("y", 2), () => Tensor("x", 1, 2), () => Tensor("x", 2, 1),
            () => new TensorInputs(new KeyValuePair<string, ModelTensor>("x", ModelTensor.Of<float>([1, 2]))),
            () => new TensorInputs(new KeyValuePair<string, ModelTensor>("x", ModelTensor.OfTexts(["1", "2"]))),
        ];

        var keys = inputs.Select(input => KeyOf(input())).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(keys, inputs.Select(input => KeyOf(input())));
    }

    [Fact]
    public void Keys_OfModelsMethodsAndIncludes_Differ()
    {
        using LoadedModel other = new(FakeModels.Linear());
        PredictionKey[] keys =
        [
            KeyOf(Numbers(1, 1, 2)),
            KeyOf(Numbers(1, 1, 2), other),
            KeyOf(Numbers(1, 1, 2), method: Loaded.Model.GetMethod(ModelMethod.PredictProba)),
            KeyOf(Numbers(1, 1, 2), includes: PredictIncludes.Probabilities),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static PredictionKey KeyOf(ModelInput input, LoadedModel? loaded = null, ModelMethod? method = null, PredictIncludes includes = PredictIncludes.None)
    {
        using (input)
        {
            return PredictionKey.Of(loaded ?? Loaded, method ?? Predict, includes, input, new PooledBuffer());
        }
    }

    private static FeatureBatch Numbers(int columns, params double[] cells) => FeatureBatch.Wrap(cells, columns);

    private static FeatureBatch Texts(int columns, params string?[] cells)
    {
        var rows = FeatureBatch.Rent(cells.Length / columns, columns, withTexts: true);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is { } text)
            {
                rows.SetText(i / columns, i % columns, text);
            }
        }

        return rows;
    }

    private static FeatureBatch Named(params string[] names)
    {
        var rows = FeatureBatch.RentEmpty(names.Length, columnNames: names);
        rows.AddRow();
        return rows;
    }

    private static FeatureBatch Sparse(int column)
    {
        SparseRows rows = new(2, 1);
        rows.Add(column, 1);
        rows.EndRow();
        return FeatureBatch.OfSparse(rows);
    }

    private static TensorInputs Tensor(string name, params long[] shape) => new(new KeyValuePair<string, ModelTensor>(name, ModelTensor.Of<double>([1, 2], shape)));
}
