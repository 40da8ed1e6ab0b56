using Flama.Onnx;
using Flama.Onnx.Graphs;

namespace Flama.Cli.Models;

/// <summary>An engine that is made when a model is there that no engine before it takes: until then its assemblies are not loaded. Thread-safe.</summary>
internal sealed class DeferredEngine(string name, Func<IModelEngine> make) : IModelEngine, IOnnxExporter
{
    private readonly Lazy<IModelEngine> engine = new(make);

    public string Name => name;

    public bool CanLoad(ModelSource source) => engine.Value.CanLoad(source);

    public bool TakesInputShapes(ModelSource source) => engine.Value.TakesInputShapes(source);

    public Model Load(ModelSource source, LoadOptions options) => engine.Value.Load(source, options);

    public bool CanExport(ModelSource source) => engine.Value is IOnnxExporter exporter && exporter.CanExport(source);

    public OnnxProgram Export(ModelSource source, LoadOptions options) => ((IOnnxExporter)engine.Value).Export(source, options);
}
