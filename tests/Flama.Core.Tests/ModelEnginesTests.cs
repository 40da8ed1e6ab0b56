namespace Flama.Tests;

public sealed class ModelEnginesTests
{
    [Fact]
    public void Load_FormatOfAnEngine_IsLoadedByTheFirstThatTakesIt()
    {
        Engine first = new("first", ModelFormats.Pickle);
        Engine second = new("second", ModelFormats.Pickle);
        var engines = new ModelEngines().Add(new Engine("other", ModelFormats.Onnx)).Add(first).Add(second);

        engines.Load(Source(ModelFormats.Pickle));

        Assert.Equal(1, first.Loads);
        Assert.Equal(0, second.Loads);
    }

    [Fact]
    public void Load_FrameworkOfAnotherName_PlaysNoPart()
    {
        Engine engine = new("sklearn", ModelFormats.XGBoostJson);

        new ModelEngines().Add(engine).Load(Source(ModelFormats.XGBoostJson) with { Framework = "xgboost" });

        Assert.Equal(1, engine.Loads);
    }

    [Theory]
    [InlineData(null, "'m' is an ONNX model, which no engine here loads.")]
    [InlineData("torch", "'m' holds an ONNX model, which no engine here loads.")]
    public void Load_FormatWithoutEngine_NamesTheFormatAndTheWayOut(string? framework, string message)
    {
        var engines = new ModelEngines().Add(new Engine("a", ModelFormats.Pickle));

        var failure = Assert.Throws<FlamaException>(() => engines.Load(Source(ModelFormats.Onnx) with { Framework = framework }));

        Assert.Equal(ErrorCodes.UnsupportedFramework, failure.Code);
        Assert.Equal(message, failure.Message);
        Assert.Equal(ModelFormats.Onnx.Remedy, failure.Remedy);
    }

    [Fact]
    public void Load_NotAModel_IsNamed()
    {
        var failure = Assert.Throws<FlamaException>(() => new ModelEngines().Load(Source(ModelFormats.GitLfsPointer)));

        Assert.Equal(ErrorCodes.NotAModel, failure.Code);
        Assert.Equal("'m' is a Git LFS pointer, not a model.", failure.Message);
        Assert.Contains("git lfs pull", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoEngines_TellsThat()
    {
        var failure = Assert.Throws<FlamaException>(() => new ModelEngines().Load(Source(ModelFormats.Pickle)));

        Assert.Equal("'m' is a Python pickle, and the table of engines is empty.", failure.Message);
    }

    [Fact]
    public void Load_Cancelled_AsksNoEngine()
    {
        Engine engine = new("a", ModelFormats.Pickle);

        Assert.Throws<OperationCanceledException>(
            () => new ModelEngines().Add(engine).Load(Source(ModelFormats.Pickle), new LoadOptions { CancellationToken = new(canceled: true) }));

        Assert.Equal(0, engine.Loads);
    }

    [Fact]
    public void Add_SameNameTwice_Throws()
    {
        var engines = new ModelEngines().Add(new Engine("a", ModelFormats.Pickle));

        Assert.Throws<ArgumentException>(() => engines.Add(new Engine("a", ModelFormats.Onnx)));
    }

    private static ModelSource Source(ModelFormat format) => new("m", format, ModelPayload.Empty);

    private sealed class Engine(string name, ModelFormat format) : IModelEngine
    {
        public string Name => name;

        public int Loads { get; private set; }

        public bool CanLoad(ModelSource source) => source.Format == format;

        public Model Load(ModelSource source, LoadOptions options)
        {
            Loads++;
            return null!;
        }
    }
}
