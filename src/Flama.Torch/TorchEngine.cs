using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Programs;
using Flama.Torch.Scripts;

namespace Flama.Torch;

/// <summary>
/// Loads programs of PyTorch, TorchScript archives and exported programs, by lowering them to ONNX. Neither Python nor libtorch is needed, and nothing of the
/// file is run: its code is read and interpreted with tensors that are values of a graph.
/// </summary>
/// <remarks>
/// Numbers of dimensions and types of elements that the file does not tell come from the first call: the program is lowered then, once for each combination, and
/// again where it decides by a length otherwise. Stateless and thread-safe.
/// </remarks>
/// <param name="options">How the graphs are run; null for the defaults.</param>
public sealed class TorchEngine(OnnxOptions? options = null) : IModelEngine, IOnnxExporter
{
    private const long MaxGraphBytes = 1L << 30;

    private readonly OnnxEngine onnx = new(options);

    /// <inheritdoc/>
    public string Name => "torch";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.TorchScript || source.Format == ModelFormats.TorchExport;
    }

    /// <inheritdoc/>
    public bool TakesInputShapes(ModelSource source) => true;

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.CancellationToken.ThrowIfCancellationRequested();
        var archive = TorchArchive.Open(source.Payload.OpenRead());
        try
        {
            var (script, programs) = Read(source, archive);
            var metadata = source.Metadata ?? BareMetadata.Of(source, source.Payload.ReadAll().Span, "torch", null, script?.ClassName.Split('.')[^1] ?? "ExportedProgram", static writer =>
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            });
            return Load(source with { Metadata = metadata, SideFiles = [] }, metadata, programs, archive, options);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool CanExport(ModelSource source) => CanLoad(source);

    /// <inheritdoc/>
    public OnnxProgram Export(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        using var archive = TorchArchive.Open(source.Payload.OpenRead());
        var programs = Read(source, archive).Programs;
        Tell(programs, options.InputShapes);
        return programs.Count > 0 ? ProgramExport.Write(programs[0], source.Name, options.CancellationToken) : throw TorchErrors.Unsupported("it has no method that can be called");
    }

    private static (ScriptProgram? Script, IReadOnlyList<ProgramMethod> Programs) Read(ModelSource source, TorchArchive archive)
    {
        var script = source.Format == ModelFormats.TorchScript ? ScriptProgram.Read(archive) : null;
        return (script, script is not null ? script.Methods(archive) : Exported.ExportedProgram.Read(archive).Methods);
    }

    private TorchModel Load(ModelSource source, ModelMetadata metadata, IReadOnlyList<ProgramMethod> programs, TorchArchive archive, LoadOptions options)
    {
        Tell(programs, options.InputShapes);
        Model Make(OnnxProgram program) => onnx.Load(program, source, LoadOptions.Default);
        GraphShelf shelf = new(Make, MaxGraphBytes);
        List<TorchMethod> methods = [.. programs.Select(program => new TorchMethod(program, program.Name == "forward" ? ModelMethod.Predict : program.Name, shelf))];
        if (methods.Count == 0)
        {
            throw TorchErrors.Unsupported("it has no method that can be called");
        }

        try
        {
            methods.ForEach(method => method.Prepare(options.CancellationToken));
            return new TorchModel(metadata, methods, shelf, archive);
        }
        catch
        {
            shelf.Dispose();
            throw;
        }
    }

    private static void Tell(IReadOnlyList<ProgramMethod> programs, IReadOnlyList<InputShape> shapes)
    {
        if (shapes.Count > 0 && programs.Count > 0)
        {
            ShapeFit.Check(programs, shapes);
            for (var i = 0; i < programs.Count; i++)
            {
                programs[i].Tell(shapes, isMain: i == 0);
            }
        }
    }
}
