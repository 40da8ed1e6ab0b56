using System.Text.Json;

namespace Flama.Tests.Hosting;

/// <summary>A model written by hand.</summary>
internal sealed class FakeModel(string className, params ModelMethod[] methods) : Model
{
    private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsDisposed => DisposeCount > 0;

    public int DisposeCount { get; private set; }

    /// <summary>Completes when the model is disposed.</summary>
    public Task Disposed => disposed.Task.WaitAsync(TestContext.Current.CancellationToken);

    public string Extra { get; init; } = """{"model_version":"1.2.3"}""";

    public override ModelMetadata Metadata => new(JsonDocument.Parse(
        $$$"""
        {"id":"621c1d8a-144a-4a86-9a9c-9157f80bfa2d","timestamp":"2023-03-10T11:30:00","framework":{"lib":"sklearn","version":"1.4.2"},
         "model":{"obj":"{{{className}}}","info":{"alpha":1e-08},"params":null,"metrics":{"é":0.95}},"extra":{{{Extra}}}}
        """).RootElement);

    public override IReadOnlyList<LabelSet> Classes => ClassLabels;

    public IReadOnlyList<LabelSet> ClassLabels { get; init; } = [];

    public override IReadOnlyList<ModelMethod> Methods => methods;

    public override IReadOnlyList<string> Warnings { get; } = ["It was written by hand."];

    protected override void Dispose(bool disposing)
    {
        DisposeCount++;
        disposed.TrySetResult();
        base.Dispose(disposing);
    }
}
