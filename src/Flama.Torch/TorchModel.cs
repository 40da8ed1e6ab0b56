namespace Flama.Torch;

/// <summary>A program whose methods are lowered for the inputs that come. Thread-safe.</summary>
internal sealed class TorchModel : Model
{
    private readonly IDisposable file;
    private readonly List<TorchMethod> methods;

    public TorchModel(ModelMetadata metadata, IReadOnlyList<TorchMethod> methods, IDisposable file)
    {
        Metadata = metadata;
        this.methods = [.. methods];
        this.file = file;
        Methods = [.. methods.Select(method => method.ToMethod())];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        methods.ForEach(method => method.Dispose());
        file.Dispose();
        base.Dispose(disposing);
    }
}
