using Flama.Packaging;

namespace Flama.ConformanceTests.Tensors;

/// <summary>A golden model in memory, and the package that it came from.</summary>
internal sealed record WireModel(Model Model, ModelPackage? Package = null, string? Signature = null) : IDisposable
{
    /// <summary>The method that takes the model's own tensors.</summary>
    public ModelMethod Method { get; } = Model.FindMethod(Signature ?? "infer") ?? Model.GetMethod(ModelMethod.Predict);

    public void Dispose()
    {
        Model.Dispose();
        Package?.Dispose();
    }
}
