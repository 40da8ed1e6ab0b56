using System.Text.Json;
using Flama.Json;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>What holds for every golden model whatever it computes: rows do not see each other, threads do not matter, nor the order of named cells.</summary>
public sealed class GoldenPropertyTests
{
    /// <summary>More than three blocks of rows, and a part of one.</summary>
    private const int ManyRows = (3 * 256) + 67;

    /// <summary>Of each case the usual rows and those at the edges.</summary>
    private const int ChecksOfManyRows = 2;

    /// <summary>Batches of rows are multiplied in panels, which add in another order than a row alone: the last digits may differ.</summary>
    private const double PanelTolerance = 1e-12;

    public static TheoryData<string> Versions() => [.. SklearnCase.WholeVersions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Answer_OfBatch_IsThatOfEachRowAlone(string version)
    {
        var answers = 0;

        var differences = DifferencesOf(version, (golden, check, method, input) =>
        {
            if (Answer(method, input) is not { } batch || BatchDependence.Is(golden, check, method.Name))
            {
                return null;
            }

            using (batch)
            {
                for (var row = 0; row < input.Rows; row++)
                {
                    using var alone = Answer(method, input.Slice(row, 1));
                    answers++;
                    if (alone is null || AnswerRows.Difference(batch, row, alone, 0, ToleranceOf(golden)) is { Length: > 0 })
                    {
                        return alone is null ? $"row {row} alone is refused" : AnswerRows.Difference(batch, row, alone, 0, ToleranceOf(golden));
                    }
                }
            }

            return null;
        });

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
        Assert.True(answers > 0, "no row was answered");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Answer_OfManyRows_IsTheSameOnAnyNumberOfThreads(string version)
    {
        var answers = 0;

        var differences = DifferencesOf(version, (golden, check, method, input) =>
        {
            using var few = Answer(method, input);
            if (few is null || ((PredictionBatch)few.First).Width > 1_000)
            {
                return null;
            }

            using var many = RepeatedRows.Of(input, ManyRows);
            using var serial = Answer(method, many);
            using var parallel = Answer(method, many, 4);
            if (serial is null || parallel is null)
            {
                return "many rows are refused, and a few are not";
            }

            answers++;
            var depends = BatchDependence.Is(golden, check, method.Name);
            for (var row = 0; row < ManyRows; row++)
            {
                var difference = AnswerRows.Difference(serial, row, parallel, row, 0)
                    ?? (depends ? null : AnswerRows.Difference(few, row % input.Rows, serial, row, ToleranceOf(golden)));
                if (difference is not null)
                {
                    return difference;
                }
            }

            return null;
        }, ChecksOfManyRows);

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
        Assert.True(answers > 0, "no model answered many rows");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Answer_OfObjectsInAnyOrder_IsThatOfArrays(string version)
    {
        var answers = 0;

        var differences = new List<string>();
        foreach (var golden in SklearnCase.Names(version).Select(name => SklearnCase.Read(version, name)))
        {
            using var model = GoldenModel.Load(golden);
            if (model.RowsSpec() is not { HasNames: true } spec)
            {
                continue;
            }

            foreach (var check in golden.Checks)
            {
                if (NamedRows.Of(check.GetProperty("X"), spec) is not { } rows)
                {
                    continue;
                }

                foreach (var method in model.Methods.Where(method => method.Name != "inverse_transform"))
                {
                    using var arrays = AnswerJson(method, rows.Arrays);
                    using var objects = AnswerJson(method, rows.Objects);
                    answers += arrays is null ? 0 : 1;
                    var difference = arrays is null && objects is null ? null
                        : arrays is null || objects is null ? "one is refused and the other is not"
                        : Enumerable.Range(0, ((PredictionBatch)arrays.First).Rows).Select(row => AnswerRows.Difference(arrays, row, objects, row, 0)).FirstOrDefault(one => one is not null);
                    if (difference is not null)
                    {
                        differences.Add($"{golden.Name} {check.GetProperty("id").GetString()} {method.Name}: {difference}");
                    }
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
        Assert.True(answers > 0 || version.StartsWith("boosters/", StringComparison.Ordinal), "no model has names");
    }

    private delegate string? Comparison(SklearnCase golden, JsonElement check, ModelMethod method, FeatureBatch input);

    private static List<string> DifferencesOf(string version, Comparison compare, int checks = int.MaxValue)
    {
        var differences = new List<string>();
        foreach (var golden in SklearnCase.Names(version).Select(name => SklearnCase.Read(version, name)))
        {
            using var model = GoldenModel.Load(golden);
            foreach (var check in golden.Checks.Take(checks))
            {
                using var input = CaseInput.Read(check.GetProperty("X"));
                foreach (var method in check.GetProperty("expected").EnumerateObject().Select(expected => model.FindMethod(expected.Name)).OfType<ModelMethod>())
                {
                    if (compare(golden, check, method, input) is { } difference)
                    {
                        differences.Add($"{golden.Name} {check.GetProperty("id").GetString()} {method.Name}: {difference}");
                    }
                }
            }
        }

        return differences;
    }

    private static ModelOutput? Answer(ModelMethod method, FeatureBatch input, int degree = 1)
    {
        try
        {
            return method.Invoke(input, new InvokeOptions(degree));
        }
        catch (FlamaException exception) when (exception.Code == ErrorCodes.InvalidInput)
        {
            return null;
        }
    }

    private static ModelOutput? AnswerJson(ModelMethod method, byte[] json)
    {
        try
        {
            using var input = new FeatureReader((TableSpec)method.Input).ReadRows(json);
            return method.Invoke(input);
        }
        catch (FlamaException exception) when (exception.Code == ErrorCodes.InvalidInput)
        {
            return null;
        }
    }

    // Iterations stop where a tolerance says, which the case's own tolerance allows for.
    private static double ToleranceOf(SklearnCase golden) => Math.Max(PanelTolerance, golden.AbsoluteTolerance);
}
