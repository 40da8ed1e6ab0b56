using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;
using Flama.Torch.Programs;

namespace Flama.Torch.Tests;

/// <summary>Graphs are kept as far as they fit, freed when nobody uses them, and waited for no longer than a caller wants.</summary>
public sealed class GraphShelfTests
{
    // What a graph of the program below holds.
    private const int GraphBytes = 1_000 * sizeof(float);

    [Fact]
    public void Take_OfMoreThanFits_KeepsTheLastAndFreesTheOthers()
    {
        List<Loaded> made = [];
        using GraphShelf shelf = Shelf(made, 3 * GraphBytes);
        AddOne program = new();

        for (var rank = 1; rank <= 10; rank++)
        {
            shelf.Take(program, [Input(rank)], TestContext.Current.CancellationToken).Release();
        }

        Assert.Equal(10, made.Count);
        Assert.Equal(3, shelf.Count);
        Assert.Equal(7, made.Count(model => model.IsDisposed));
        Assert.False(made[^1].IsDisposed);
    }

    [Fact]
    public void Take_OfAGraphThatIsTooLarge_KeepsIt()
    {
        List<Loaded> made = [];
        using GraphShelf shelf = Shelf(made, 1);
        AddOne program = new();

        shelf.Take(program, [Input(1)], TestContext.Current.CancellationToken).Release();
        shelf.Take(program, [Input(1)], TestContext.Current.CancellationToken).Release();

        Assert.Single(made);
        Assert.False(made[0].IsDisposed);
    }

    [Fact]
    public void Take_WhileAnotherGraphIsInUse_FreesItOnlyAfterwards()
    {
        List<Loaded> made = [];
        using GraphShelf shelf = Shelf(made, 1);
        AddOne program = new();
        var used = shelf.Take(program, [Input(1)], TestContext.Current.CancellationToken);

        shelf.Take(program, [Input(2)], TestContext.Current.CancellationToken).Release();

        Assert.Equal(1, shelf.Count);
        Assert.False(made[0].IsDisposed);
        using var input = Input(1);
        using (var answer = used.Run([input], new InvokeOptions(TestContext.Current.CancellationToken)))
        {
            Assert.Equal([2f], ((ModelTensor)answer.First).Elements<float>().ToArray());
        }

        used.Release();
        Assert.True(made[0].IsDisposed);
        Assert.False(used.TryUse());
    }

    [Fact]
    public void Dispose_WhileAGraphIsInUse_FreesItOnlyAfterwards()
    {
        List<Loaded> made = [];
        var shelf = Shelf(made, long.MaxValue);
        var used = shelf.Take(new AddOne(), [Input(1)], TestContext.Current.CancellationToken);

        shelf.Dispose();

        Assert.False(made[0].IsDisposed);
        used.Release();
        Assert.True(made[0].IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => shelf.Take(new AddOne(), [Input(1)], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Take_WhileAnotherLowers_EndsWhenItsCallerGoes()
    {
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim goesOn = new();
        List<Loaded> made = [];
        using var shelf = Shelf(made, long.MaxValue);
        AddOne slow = new(() =>
        {
            begun.Set();
            goesOn.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        });
        var first = Task.Run(() => shelf.Take(slow, [Input(1)], CancellationToken.None), TestContext.Current.CancellationToken);
        Assert.True(begun.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        using CancellationTokenSource gone = new();
        var second = Task.Run(() => shelf.Take(slow, [Input(2)], gone.Token), TestContext.Current.CancellationToken);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        goesOn.Set();
        (await first).Release();
    }

    [Fact]
    public async Task Predict_OfManyShapesAtOnce_AnswersEach()
    {
        List<Loaded> made = [];
        using var shelf = Shelf(made, 1);
        AddOne program = new();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, (i, cancellationToken) =>
        {
            using var input = Input(1 + (i % 4));
            var graph = shelf.Take(program, [input], cancellationToken);
            using (var answer = graph.Run([input], new InvokeOptions(cancellationToken)))
            {
                Assert.Equal([2f], ((ModelTensor)answer.First).Elements<float>().ToArray());
            }

            graph.Release();
            return ValueTask.CompletedTask;
        });

        Assert.Equal(1, made.Count(model => !model.IsDisposed));
    }

    private static GraphShelf Shelf(List<Loaded> made, long maxBytes)
    {
        OnnxEngine engine = new();
        return new(program =>
        {
            Loaded model = new(engine.Load(program, new ModelSource("made.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(program.ToBytes())), LoadOptions.Default));
            made.Add(model);
            return model;
        }, maxBytes);
    }

    private static ModelTensor Input(int rank) => ModelTensor.Of<float>([1], [.. Enumerable.Repeat(1L, rank)]);

    private sealed class AddOne(Action? before = null) : ProgramMethod("forward", [new ProgramInput("x", InputKind.Tensor)])
    {
        public override object? Lower(GraphWriter graph, object?[] arguments, CancellationToken cancellationToken)
        {
            before?.Invoke();
            var x = (Tensor)arguments[0]!;
            var ones = graph.Constant<float>(Enumerable.Repeat(1f, 1_000).ToArray(), 1_000);
            var one = graph.Node("ReduceMax", [ones], OnnxAttribute.Of("keepdims", 0L));
            return graph.Of(graph.Node("Add", [graph.NameOf(x), one]), x.Type, x.Shape);
        }
    }

    private sealed class Loaded(Model inner) : Model
    {
        public bool IsDisposed { get; private set; }

        public override ModelMetadata Metadata => inner.Metadata;

        public override IReadOnlyList<ModelMethod> Methods => inner.Methods;

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
