using Flama.Keras.Hdf5;

namespace Flama.Keras.Layers;

/// <summary>A variable of a layer.</summary>
/// <param name="Paths">Where it can be below the layer's group in a file of Keras 3; the first that is there counts.</param>
/// <param name="IsTrainable">Whether training changes it by gradients, which decides its place in files of Keras 2.</param>
internal sealed record Weight(IReadOnlyList<string> Paths, bool IsTrainable)
{
    private Func<HdfArray>? read;

    /// <summary>Tells where the variable is.</summary>
    public void Bind(Func<HdfArray> where) => read = where;

    /// <summary>Reads it.</summary>
    public HdfArray Read() => read?.Invoke() ?? throw KerasErrors.Invalid($"weight {Paths[0]} is missing");
}
