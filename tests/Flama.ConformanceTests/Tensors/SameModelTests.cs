using System.Text.Json;
using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>The same model as scikit-learn's pickle and as ONNX: the same classes and, within float32, the same numbers.</summary>
public sealed class SameModelTests(ITestOutputHelper output)
{
    // Seven digits in the file, and sums of a few hundred of them: as the cases' own tolerance.
    private const double Tolerance = 2e-4;

    // Rows that are nearer to the border than float32 sees are not told apart by class.
    private const double Border = 1e-4;

    // skl2onnx writes the weights of neighbours otherwise: ONNX Runtime's own answer, which the case has, differs from scikit-learn's as ours does.
    private static readonly string[] WrittenOtherwise = ["skl-knn-regressor-distance"];

    [Fact]
    public void Pickle_AndItsGraph_AnswerAlike()
    {
        var golden = SklearnCase.Read("1.9.0", "logreg_binary");
        using var package = Packaging.ModelPackage.Open(golden.Model, golden.FileName);
        using var pickled = Engines.Load(package.ReadModel());
        var columns = ((TableSpec)pickled.GetMethod(ModelMethod.Predict).Input).Features.Count;
        using var graph = new ModelEngines().AddOnnx().Load(new ModelSource("same.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(GraphOf(pickled, columns).ToBytes())));
        Random random = new(7);
        var rows = FeatureBatch.RentEmpty(columns, 500);
        for (var i = 0; i < 500; i++)
        {
            var row = rows.AddRow();
            for (var column = 0; column < columns; column++)
            {
                rows.SetNumber(row, column, (float)((random.NextDouble() - 0.5) * 6));
            }
        }

        using (rows)
        {
            using var classes = pickled.GetMethod(ModelMethod.Predict).Invoke(rows);
            using var sameClasses = graph.GetMethod(ModelMethod.Predict).Invoke(rows);
            using var probabilities = pickled.GetMethod(ModelMethod.PredictProba).Invoke(rows);
            using var sameProbabilities = graph.GetMethod(ModelMethod.PredictProba).Invoke(rows);

            var (expected, found) = ((PredictionBatch)probabilities.First, (PredictionBatch)sameProbabilities.First);
            Assert.Equal(pickled.Classes[0].Count, graph.Classes[0].Count);
            for (var row = 0; row < rows.Rows; row++)
            {
                Assert.Equal(expected.Row(row)[1], found.Row(row)[1], 1e-5);
                if (Math.Abs(expected.Row(row)[1] - 0.5) > Border)
                {
                    Assert.Equal(((PredictionBatch)classes.First).ValueAt(row).ToString(), ((PredictionBatch)sameClasses.First).ValueAt(row).ToString());
                }
            }
        }
    }

    [Fact]
    public void Graphs_MadeFromScikitLearn_AnswerAsScikitLearnDoes()
    {
        var archive = SharedFixtures.PathOf("golden/onnx/sklearn.zip") is null ? "golden/onnx/few.zip" : "shared/golden/onnx/sklearn.zip";
        List<string> wrong = [];
        var compared = 0;

        foreach (var golden in TensorCase.ReadAll(archive).Where(IsMatrixModel))
        {
            using var model = Engines.Load(golden.ToSource(ModelFormats.Onnx));
            using var rows = RowsOf(golden.Calls[0].GetProperty("inputs")[0]);
            foreach (var name in (string[])[ModelMethod.Predict, ModelMethod.PredictProba])
            {
                if (golden.Meta.GetProperty("python").TryGetProperty(name, out var expected) && model.FindMethod(name) is { Input: TableSpec } method)
                {
                    compared++;
                    using var answer = method.Invoke(rows);
                    wrong.AddRange(Differences(golden, name, expected.GetProperty("data"), (PredictionBatch)answer.First));
                }
            }
        }

        output.WriteLine($"{compared} answers compared");
        Assert.True(compared >= (archive.StartsWith("shared/", StringComparison.Ordinal) ? 60 : 4), $"only {compared} compared");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static bool IsMatrixModel(TensorCase golden) =>
        !WrittenOtherwise.Contains(golden.Name, StringComparer.Ordinal) && golden.Meta.TryGetProperty("python", out _) && golden.Calls[0].GetProperty("inputs") is var inputs && inputs.GetArrayLength() == 1
        && inputs[0].GetProperty("dtype").GetString() is "float32" or "float64" && inputs[0].GetProperty("shape").GetArrayLength() == 2;

    private static FeatureBatch RowsOf(JsonElement input)
    {
        var data = input.GetProperty("data");
        var batch = FeatureBatch.RentEmpty(data[0].GetArrayLength(), data.GetArrayLength());
        foreach (var cells in data.EnumerateArray())
        {
            var row = batch.AddRow();
            for (var column = 0; column < cells.GetArrayLength(); column++)
            {
                batch.SetNumber(row, column, cells[column].ValueKind == JsonValueKind.Number ? cells[column].GetDouble() : double.NaN);
            }
        }

        return batch;
    }

    private static IEnumerable<string> Differences(TensorCase golden, string method, JsonElement expected, PredictionBatch answer)
    {
        for (var row = 0; row < answer.Rows; row++)
        {
            JsonElement[] cells = expected[row].ValueKind == JsonValueKind.Array ? [.. expected[row].EnumerateArray()] : [expected[row]];
            for (var column = 0; column < cells.Length; column++)
            {
                var found = answer.ValueAt(row, column);
                var isSame = cells[column].ValueKind == JsonValueKind.Number && found.Kind != ScalarKind.Text
                    ? Math.Abs(cells[column].GetDouble() - found.Number) <= Tolerance * Math.Max(1, Math.Abs(cells[column].GetDouble()))
                    : string.Equals(cells[column].ToString(), found.ToString(), StringComparison.Ordinal);
                if (!isSame)
                {
                    yield return $"{golden.Name}.{method}[{row}, {column}]: {found}, scikit-learn has {cells[column]}";
                }
            }
        }
    }

    // As skl2onnx writes a logistic regression: its numbers are found by asking.
    private static OnnxProgram GraphOf(Model pickled, int columns)
    {
        using var probes = FeatureBatch.RentEmpty(columns, columns + 1);
        for (var i = 0; i <= columns; i++)
        {
            var row = probes.AddRow();
            for (var column = 0; column < columns; column++)
            {
                probes.SetNumber(row, column, column + 1 == i ? 1 : 0);
            }
        }

        using var answer = pickled.GetMethod(ModelMethod.PredictProba).Invoke(probes);
        var batch = (PredictionBatch)answer.First;
        var scores = Enumerable.Range(0, columns + 1).Select(row => Math.Log(batch.Row(row)[1] / batch.Row(row)[0])).ToArray();
        var weights = scores.Skip(1).Select(score => (float)(score - scores[0])).ToArray();
        OnnxGraphBuilder graph = new();
        var x = graph.Input("X", OnnxElementType.Float32, new(null, "N"), columns);
        var outputs = graph.Add(
            "ai.onnx.ml.LinearClassifier",
            2,
            [x],
            OnnxAttribute.Of("coefficients", [.. weights.Select(weight => -weight), .. weights]),
            OnnxAttribute.Of("intercepts", [(float)-scores[0], (float)scores[0]]),
            OnnxAttribute.Of("post_transform", "LOGISTIC"),
            OnnxAttribute.Of("classlabels_strings", [.. pickled.Classes[0].Labels.Select(label => label.ToString())]));
        graph.Output("label", outputs[0], OnnxElementType.String, new Dimension(null, "N"));
        graph.Output("probabilities", outputs[1], OnnxElementType.Float32, new(null, "N"), 2);
        return graph.ToProgram(17);
    }
}
