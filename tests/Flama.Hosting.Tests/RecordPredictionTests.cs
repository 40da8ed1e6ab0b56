using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Flama.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Hosting.Tests;

public sealed class RecordPredictionTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public void PredictOne_AnswersTheRecord()
    {
        using var model = FlamaModel.Load(Xor);

        Assert.Equal((1, 0), (model.PredictOne<Bits, int>(new(0, 1)), model.PredictOne<Bits, int>(new(1, 1))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task PredictAsync_AnswersEveryRecord_InOrder(int count)
    {
        using var model = FlamaModel.Load(Xor);

        var answers = await model.PredictAsync<Bits, int>(Count(count, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, count).Select(i => i % 2), answers);
    }

    [Fact]
    public async Task PredictAsync_AnswersWhatIsThere_BeforeMoreComes_AndEndsWithItsReader()
    {
        using var model = FlamaModel.Load(Xor);
        var source = Channel.CreateUnbounded<Bits>();
        source.Writer.TryWrite(new(0, 1));
        List<int> answers = [];

        await foreach (var answer in model.PredictAsync<Bits, int>(source.Reader.ReadAllAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken))
        {
            answers.Add(answer);
            if (answers.Count == 2)
            {
                break;
            }

            source.Writer.TryWrite(new(1, 1));
        }

        Assert.Equal([1, 0], answers);
    }

    [Fact]
    public async Task PredictAsync_Cancelled_Stops()
    {
        using var model = FlamaModel.Load(Xor);
        using CancellationTokenSource ending = new();
        var source = Channel.CreateUnbounded<Bits>();
        source.Writer.TryWrite(new(0, 1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in model.PredictAsync<Bits, int>(source.Reader.ReadAllAsync(TestContext.Current.CancellationToken), ending.Token))
            {
                await ending.CancelAsync();
            }
        });
    }

    [Fact]
    public void Records_ThatDoNotFit_StopTheStart_WithTypePropertyAndFix()
    {
        Assert.Equal(1, Load<Bits, int>());
        var row = Assert.Throws<FlamaException>(() => Load<Half, int>());
        var answer = Assert.Throws<FlamaException>(() => Load<Bits, Wrong>());

        Assert.StartsWith("Half has nothing for 'feature 1'", row.Message, StringComparison.Ordinal);
        Assert.Equal("Wrong does not fit the model: there is no class 'yes' among 0, 1.", answer.Message);
    }

    private static int Load<TRow, TAnswer>()
    {
        ServiceCollection services = new();
        services.AddLogging().AddFlama().AddModel("xor", Xor, model => model.Predicts<TRow, TAnswer>());
        using var provider = services.BuildServiceProvider();
        var models = provider.GetRequiredService<ServedModels>();
        models.Load();
        return models.Models.Count;
    }

    private static async IAsyncEnumerable<Bits> Count(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 100 == 99)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
            }

            yield return new(0, i % 2);
        }
    }

    private sealed record Bits([property: Feature(0)] double First, [property: Feature(1)] double Second);

    private sealed record Half([property: Feature(0)] double First);

    private sealed record Wrong([property: Probability("yes")] double Yes);
}
