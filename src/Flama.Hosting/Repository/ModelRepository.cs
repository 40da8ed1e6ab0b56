using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Repository;

/// <summary>
/// A directory of models that an application serves: loaded when they are first asked for, unloaded when others need their memory, replaced without downtime. Thread-safe.
/// </summary>
/// <remarks>
/// <para>A model is a directory <c>name/model.flm</c>, or <c>name/VERSION/model.flm</c> with versions side by side. The file may be of any name where it is the only one, and of any
/// format that an engine of the application loads; what none loads fails alone.</para>
/// <para>Which version answers at <c>/{name}/</c>, labels, and a policy of its own stand in <c>name/versions.json</c>:
/// <c>{"default": "3", "labels": {"canary": "4"}, "policy": "all"}</c>; all members are optional. <see cref="PromoteAsync"/> and <see cref="RollBackAsync"/> write it.</para>
/// </remarks>
public sealed partial class ModelRepository : IDisposable
{
    private readonly IRepositoryTree tree;
    private readonly ModelEngines engines;
    private readonly FlamaOptions flama;
    private readonly ILogger logger;
    private readonly MemoryLedger ledger;
    private readonly CancellationTokenSource ending = new();

    // Loading is work for processors; more at a time only takes more memory.
    private readonly SemaphoreSlim lanes = new(Environment.ProcessorCount);
    private readonly Lock measuring = new();
    private readonly SemaphoreSlim changing = new(1);
    private readonly List<RepositoryVersion> leaving = [];
    private FrozenDictionary<string, RepositoryModel> models = FrozenDictionary<string, RepositoryModel>.Empty;
    private bool isDisposed;
    private int generation;

    internal ModelRepository(IRepositoryTree tree, RepositoryOptions options, FlamaOptions flama, ILogger<ModelRepository> logger)
    {
        Directory = tree.Name;
        this.tree = tree;
        Options = options;
        engines = flama.Engines;
        this.flama = flama;
        this.logger = logger;
        ledger = new(options.MemoryBudgetBytes ?? long.MaxValue, options.MinResidency, options.HeapBytes);
    }

    /// <summary>The directory, or the location of a prefix in a store.</summary>
    public string Directory { get; }

    /// <summary>What was decided about it.</summary>
    public RepositoryOptions Options { get; }

    /// <summary>The models, by name.</summary>
    public IReadOnlyList<RepositoryModel> Models => [.. Volatile.Read(ref models).Values.OrderBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>How many bytes the loaded models take, as measured.</summary>
    public long MemoryBytes => ledger.Used;

    /// <summary>Grows when models come, go or are loaded for the first time: descriptions of all are old then.</summary>
    internal int Generation => Volatile.Read(ref generation);

    /// <summary>Called when it grew: what the repository shows is new by then.</summary>
    internal Action? Changed { get; set; }

    /// <summary>Finds a model by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out RepositoryModel? model) => Volatile.Read(ref models).TryGetValue(name, out model);

    /// <summary>Takes a model for a call, loaded if it is not yet; dispose the lease when the call is done with it.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version's name or a label; null for the default.</param>
    /// <param name="cancellationToken">Ends the wait; the load goes on for others.</param>
    /// <exception cref="FlamaException">
    /// There is no such model or version (<see cref="ErrorCodes.ModelNotFound"/>), it cannot be loaded (<see cref="ErrorCodes.ModelUnavailable"/>), or there is no memory for
    /// it at the moment (<see cref="ErrorCodes.Overloaded"/>).
    /// </exception>
    public async ValueTask<RepositoryLease> AcquireAsync(string name, string? version = null, CancellationToken cancellationToken = default)
    {
        var found = await EnterAsync(name, version, cancellationToken);
        try
        {
            return new RepositoryLease(found);
        }
        catch
        {
            found.Leave();
            throw;
        }
    }

    /// <summary>The version of a name, or of a label.</summary>
    /// <exception cref="FlamaException">There is none (<see cref="ErrorCodes.ModelNotFound"/>).</exception>
    internal RepositoryVersion Get(string name, string? version)
    {
        if (!TryGet(name, out var model))
        {
            throw new FlamaException(ErrorCodes.ModelNotFound, $"There is no model '{SafeText.OneLine(name, 100)}'.");
        }

        return model.Find(version) ?? throw (version is null
            ? new FlamaException(ErrorCodes.ModelUnavailable, $"The model '{name}' has no version that can be served.", "The server's log and its health say why.")
            : new FlamaException(ErrorCodes.ModelNotFound, $"The model '{name}' has no version or label '{SafeText.OneLine(version, 100)}' that is served."));
    }

    /// <summary>Enters a version for a call; leave it afterwards. Where none is named and the newest cannot be loaded, it is an older one.</summary>
    internal ValueTask<RepositoryVersion> EnterAsync(string name, string? version, CancellationToken cancellationToken)
    {
        var found = Get(name, version);
        return found.TryEnter() ? new(found) : new(LoadAndEnterAsync(found, mayFallBack: version is null, cancellationToken));
    }

    private void NoteChange()
    {
        Interlocked.Increment(ref generation);
        Changed?.Invoke();
    }

    private ValueTask EnterAsync(RepositoryVersion version, CancellationToken cancellationToken) =>
        version.TryEnter() ? ValueTask.CompletedTask : new(LoadAndEnterAsync(version, cancellationToken));

    /// <summary>Ends all models.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        ending.Cancel();
        foreach (var version in Volatile.Read(ref models).Values.SelectMany(model => model.All).Concat(leaving))
        {
            version.Served.Dispose();
        }

        tree.Dispose();
    }
}
