using Flama.Torch.Programs;

namespace Flama.Torch;

/// <summary>A program whose methods are lowered for the inputs that come. Thread-safe.</summary>
internal sealed class TorchModel : Model
{
    private readonly GraphShelf shelf;
    private readonly IDisposable file;

    public TorchModel(ModelMetadata metadata, IReadOnlyList<TorchMethod> methods, GraphShelf shelf, IDisposable file)
    {
        Metadata = metadata;
        this.shelf = shelf;
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
        shelf.Dispose();
        file.Dispose();
        base.Dispose(disposing);
    }
}
