using Flama.Hosting;
using Flama.Tests.Hosting;

namespace Flama.AspNetCore.Tests;

/// <summary>Requests that are computed together, over HTTP.</summary>
public sealed class BatchingTests
{
    private const int Requests = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_AtOnce_AreEachAnsweredAsAlone(bool hasGate)
    {
        await using var host = await StartAsync(() => { }, http => http.MaxModelConcurrency = hasGate ? Requests : null);

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => host.PostAsync("/predict/", $$"""{"input":[[{{i}}],[{{(i % 10 == 3 ? "-1" : "0.5")}}]]}""")));

        Assert.All(answers.Index(), pair =>
        {
            var (i, answer) = pair;
            if (i % 10 == 3)
            {
                Assert.Equal(400, answer.Status);
                Assert.Equal(1, answer.Json.GetProperty("errors")[0].GetProperty("loc")[1].GetInt32());
            }
            else
            {
                Assert.Equal($$"""{"output":[{{2 * i}},1]}""", answer.Body.Replace(".0", "", StringComparison.Ordinal));
            }
        });
    }

    [Fact]
    public async Task Requests_AtOnce_AreComputedInFewerCalls()
    {
        var calls = 0;
        await using var host = await StartAsync(() => Interlocked.Increment(ref calls));

        // The first joint calls are compared with calls of each alone.
        var fewest = int.MaxValue;
        for (var round = 0; round < 20 && fewest >= Requests; round++)
        {
            calls = 0;
            var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => host.PostAsync("/predict/", $$"""{"input":[[{{i}}]]}""")));
            Assert.All(answers.Index(), pair => Assert.Equal(2d * pair.Index, pair.Item.Json.GetProperty("output")[0].GetDouble()));
            fewest = Math.Min(fewest, calls);
        }

        Assert.InRange(fewest, 1, Requests - 1);
    }

    [Fact]
    public async Task Model_ThatSaysSo_IsAskedForEachRequest()
    {
        var calls = 0;
        await using var host = await StartAsync(() => Interlocked.Increment(ref calls), flama: flama => flama.Batching = new() { MaxRows = 1 });

        await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => host.PostAsync("/predict/", $$"""{"input":[[{{i}}]]}""")));

        Assert.Equal(Requests, calls);
    }

    // A call takes some time however many rows it has.
    private static Task<FlamaHost> StartAsync(Action onCall, Action<FlamaHttpOptions>? http = null, Action<FlamaOptions>? flama = null)
    {
        TableMethod method = new(
            ModelMethod.Predict,
            new TableSpec([new(FeatureKind.Number)]),
            [OutputSpec.OfRows(PredictionKind.Float)],
            (FeatureBatch rows, in InvokeOptions _) =>
            {
                onCall();
                Thread.SpinWait(20_000);
                var output = PredictionBatch.RentVector(PredictionKind.Float, rows.Rows);
                for (var row = 0; row < rows.Rows; row++)
                {
                    if (rows.Numbers[row] < 0)
                    {
                        output.Dispose();
                        throw new FlamaException([new InputProblem("below_zero", $"Row {row} is below zero.", row)], 1);
                    }

                    output.SetValue(row, 0, 2 * rows.Numbers[row]);
                }

                return ModelOutput.Of(output);
            })
        {
            IsRowwise = true,
        };
        return FlamaHost.StartAsync(new FakeModel("Slow", method), http, options =>
        {
            options.Batching = new() { MaxDelay = TimeSpan.FromMilliseconds(1) };
            flama?.Invoke(options);
        });
    }
}
