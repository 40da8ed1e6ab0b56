using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Flama.Hosting.Health;
using Flama.Hosting.Memory;
using Flama.Hosting.Reloading;
using Flama.Hosting.Updating;
using Flama.Json;
using Flama.Packaging;
using Flama.Scoring;

namespace Flama.Hosting;

/// <summary>A model in memory with the package it came from. Thread-safe.</summary>
/// <remarks>
/// Whoever reads from the model while it can be replaced holds a <see cref="ModelLease"/>: the model and its package are disposed after the owner
/// has disposed this object and the last lease has ended, and never before.
/// </remarks>
public sealed class LoadedModel : IModelHandle, IDisposable
{
    private readonly ModelPackage? package;
    private readonly bool ownsModel;
    private readonly InputReader[] readers;
    private readonly Lazy<ModelExam> exam;
    private int users = 1;
    private int isDisposed;

    /// <summary>Wraps a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="package">The package it came from; null when there is none. Disposed with the model.</param>
    /// <param name="ownsModel">Whether the model is disposed after its last use; false leaves it to the caller.</param>
    public LoadedModel(Model model, ModelPackage? package = null, bool ownsModel = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        this.package = package;
        this.ownsModel = ownsModel;
        readers = [.. model.Methods.Select(method => InputReader.For(method.Input))];
        exam = new(() => ModelExam.Of(this));
        Identity = ModelIdentity.Of(model.Metadata);
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>What the package tells about the model.</summary>
    public ModelMetadata Metadata => Model.Metadata;

    /// <summary>The files that came with the model; empty when there are none.</summary>
    public ArtifactCollection? Artifacts => package?.Artifacts;

    /// <summary>The package; null for a model that was made without one.</summary>
    public ModelPackage? Package => package;

    /// <summary>How long opening and loading took.</summary>
    public TimeSpan Elapsed { get; private init; }

    /// <summary>Id and version for headers and logs.</summary>
    internal ModelIdentity Identity { get; private set; }

    /// <summary>SHA-256 of the file, hexadecimal; null until it is computed, and for what is not one file.</summary>
    internal string? Digest { get; private set; }

    /// <summary>What this version was asked, where that is recorded; see <see cref="Predictions.ModelRecord"/>.</summary>
    internal Predictions.VersionRecord? Record;

    /// <summary>What tells this model from every other: the digest of its file, which model of the file it is, and what is checked of its rows and answers; or a name of its own.</summary>
    internal string CacheName { get; private set; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether the model answers a row; tried once, when it is first asked for by one who has a lease.</summary>
    internal ModelExam Exam => exam.Value;

    /// <summary>What is checked of rows and answers beyond what the file itself says; empty for nothing.</summary>
    internal string Checks { get; private init; } = "";

    /// <summary>Which model of a file that holds several; null for its only one.</summary>
    internal string? ModelKey { get; private init; }

    /// <summary>What the file looked like before it was read; missing for a model that was not opened by its path.</summary>
    internal FileState FileState { get; private init; } = FileState.Missing;

    /// <summary>Rows that the model was stored with, without answers; null for none.</summary>
    internal JsonElement? InputExample { get; private init; }

    /// <summary>How much opening and loading allocated, in bytes: the most that the model may take. 0 for one that was made elsewhere.</summary>
    internal long Allocated { get; private init; }

    /// <summary>Whether somebody else looks after the memory that it leaves.</summary>
    internal bool IsCounted { get; set; }

    /// <summary>Opens a model file and loads it.</summary>
    /// <param name="path">The file or directory: a package (<c>.flm</c>) or a framework's own.</param>
    /// <param name="engines">The engines that may load it.</param>
    /// <param name="options">How to load it; null for the defaults.</param>
    /// <exception cref="FlamaException">The file cannot be read, or no engine loads it.</exception>
    /// <exception cref="OperationCanceledException">The load was cancelled.</exception>
    public static LoadedModel Open(string path, ModelEngines engines, LoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(engines);
        var start = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var state = FileState.Of(path);
        return Load(ModelPackage.Open(path), engines, options, start, allocated, state);
    }

    /// <summary>Loads the model of a package, which is disposed with it, also when loading fails.</summary>
    /// <param name="package">The package.</param>
    /// <param name="engines">The engines that may load it.</param>
    /// <param name="options">How to load it; null for the defaults.</param>
    /// <exception cref="FlamaException">No engine loads it.</exception>
    public static LoadedModel Load(ModelPackage package, ModelEngines engines, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(engines);
        return Load(package, engines, options, Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread(), FileState.Missing);
    }

    /// <summary>The questions and answers that the model was stored with: its artifact <c>cases.json</c>, else the rows that an MLflow model has as its example, without answers.</summary>
    /// <returns>The cases; none where it was stored without.</returns>
    /// <exception cref="FlamaException">The artifact is larger than 64 MiB, or does not hold cases.</exception>
    public IReadOnlyList<ModelCase> ReadCases() => StoredCases.Read(this);

    /// <summary>The reader of the JSON input of a method of this model.</summary>
    /// <exception cref="ArgumentException">The method is one of another model.</exception>
    public InputReader ReaderOf(ModelMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var methods = Model.Methods;
        for (var i = 0; i < methods.Count; i++)
        {
            if (ReferenceEquals(methods[i], method))
            {
                return readers[i];
            }
        }

        throw new ArgumentException($"The method '{method.Name}' belongs to another model.", nameof(method));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ModelLease Acquire()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref isDisposed) != 0 || !TryRetain(), this);
        return new(this);
    }

    /// <summary>Ends the owner's use: the model is disposed now, or after the last lease.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 0)
        {
            Release();
        }
    }

    /// <summary>Computes the digest of the file, unless it is another one by now; before anyone else knows of the model.</summary>
    internal LoadedModel WithDigest(string path)
    {
        if (!FileState.Exists)
        {
            return this;
        }

        try
        {
            using var file = File.OpenRead(path);
            var digest = Convert.ToHexStringLower(SHA256.HashData(file));
            if (Reloading.FileState.Of(path) == FileState)
            {
                (Digest, CacheName) = (digest, $"{digest}/{ModelKey}/{Checks}");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It was loaded; that its name leads elsewhere now is for the reloader to see.
        }

        return this;
    }

    /// <summary>Gives it the version's name that a repository knows it by; before anyone else knows of the model.</summary>
    internal LoadedModel WithVersion(string version)
    {
        Identity = Identity with { Version = version };
        return this;
    }

    /// <summary>Adds a user, unless the last one has left already.</summary>
    internal bool TryRetain()
    {
        var count = Volatile.Read(ref users);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref users, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Takes a user away; the last one disposes model and package.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref users) != 0)
        {
            return;
        }

        if (ownsModel)
        {
            Model.Dispose();
        }

        package?.Dispose();
        if (!IsCounted)
        {
            HeapTrim.Note(Allocated);
        }
    }

    private static LoadedModel Load(ModelPackage package, ModelEngines engines, LoadOptions? options, long start, long allocated, FileState state)
    {
        try
        {
            var source = package.ReadModel();
            return new(engines.Load(source, options), package)
            {
                InputExample = source.InputExample,
                Allocated = GC.GetAllocatedBytesForCurrentThread() - allocated,
                Elapsed = Stopwatch.GetElapsedTime(start),
                FileState = state,
                ModelKey = options?.ModelKey,
                Checks = options is null ? "" : $"{options.Validation}/{options.Schema?.Digest}/{options.ChecksAnswers}/{string.Join(';', options.InputShapes)}",
            };
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }
}
