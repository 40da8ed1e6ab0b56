using Flama.Hosting;
using Flama.Packaging;

namespace Flama;

/// <summary>Loads models with the managed engines: scikit-learn, XGBoost, LightGBM and CatBoost. Loading never runs code that a file brings.</summary>
/// <remarks>All members are thread-safe, and so is what they return; the caller disposes it. Predict with the methods of <see cref="ModelHandleExtensions"/>.</remarks>
public static class FlamaModel
{
    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">The file or directory: a package (<c>.flm</c>) or a framework's own (pickle, joblib, booster file).</param>
    /// <param name="options">How to load it; null for the defaults.</param>
    /// <exception cref="FlamaException">The file cannot be read, is not a model, or no engine loads it.</exception>
    public static LoadedModel Load(string path, LoadOptions? options = null) => LoadedModel.Open(path, Engines(), options);

    /// <summary>Loads a model from a stream, which is read to its end and stays the caller's.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to load it; null for the defaults.</param>
    /// <exception cref="FlamaException">The content is not a model, or no engine loads it.</exception>
    public static LoadedModel Load(Stream stream, string name = "model", LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Load(copy.ToArray(), name, options);
    }

    /// <summary>Loads a model from bytes.</summary>
    /// <param name="bytes">The file's content; not to be changed while the model is used.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to load it; null for the defaults.</param>
    /// <exception cref="FlamaException">The content is not a model, or no engine loads it.</exception>
    public static LoadedModel Load(ReadOnlyMemory<byte> bytes, string name = "model", LoadOptions? options = null) =>
        LoadedModel.Load(ModelPackage.Open(bytes, name), Engines(), options);

    /// <summary>Loads a model from a file; the file is read asynchronously.</summary>
    /// <inheritdoc cref="Load(string, LoadOptions?)"/>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives the load up.</param>
    public static async Task<LoadedModel> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        LoadOptions options = new() { CancellationToken = cancellationToken };

        // A directory, and a model that may have files beside it, is opened where it is; what is wrong with a path is for the package to tell.
        if (!File.Exists(path) || Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return Load(path, options);
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var package = ModelPackage.Open(bytes, Path.GetFileName(path), timestamp: new DateTimeOffset(File.GetLastWriteTimeUtc(path)));
        return LoadedModel.Load(package, Engines(), options);
    }

    /// <summary>Loads a model from a stream, which is read to its end and stays the caller's.</summary>
    /// <inheritdoc cref="Load(Stream, string, LoadOptions?)"/>
    /// <param name="stream">The file's content.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="cancellationToken">Gives the load up.</param>
    public static async Task<LoadedModel> LoadAsync(Stream stream, string name = "model", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return Load(copy.ToArray(), name, new LoadOptions { CancellationToken = cancellationToken });
    }

    private static ModelEngines Engines() => new ModelEngines().AddManaged();
}
