using System.Diagnostics;
using Flama.Hosting.Diagnostics;
using Flama.Hosting.Updating;

namespace Flama.Hosting;

/// <summary>A model of an application by its name: the name stays, the model can be replaced while it is used. Thread-safe.</summary>
/// <remarks>
/// A call takes the model that is there when it begins and ends with it. The one that was replaced is disposed after the last such call.
/// </remarks>
public sealed class ServedModel : IModelHandle, IDisposable
{
    // A first load that does not hear of the end is left to itself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock replacing = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Func<CancellationToken, LoadedModel>? load;
    private LoadedModel? current;
    private Exception? lastError;
    private bool isDisposed;

    /// <summary>Makes the model, loaded already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="first">The model, which ends with this object or when another replaces it.</param>
    public ServedModel(string name, LoadedModel first)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(first);
        Name = name;
        current = first;
    }

    /// <summary>Makes a model that is loaded at its first use, or by <see cref="Reload"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">Where it is loaded from, for messages and for <see cref="Path"/>.</param>
    /// <param name="load">Loads it.</param>
    public ServedModel(string name, string path, Func<CancellationToken, LoadedModel> load)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(load);
        Name = name;
        Path = path;
        this.load = load;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The file it is loaded from; null for a model that was made in memory.</summary>
    public string? Path { get; }

    /// <summary>What a new version has to show before it takes the place of the one that serves; the first version has no exam. Not to be changed once the model is used.</summary>
    public UpdateOptions Updates { get; init; } = new();

    /// <summary>How requests that come at the same time are computed together; null (default) for each by itself.</summary>
    public Batching.BatchingOptions? Batching { get; init; }

    /// <summary>Whether a model is in memory now.</summary>
    public bool IsLoaded => Volatile.Read(ref current) is not null && !Volatile.Read(ref isDisposed);

    /// <summary>Why the last attempt to load it failed; null when it succeeded.</summary>
    public Exception? LastError => Volatile.Read(ref lastError);

    /// <summary>How often the model was replaced.</summary>
    public int Replacements { get; private set; }

    /// <summary>What its versions were asked, where that is recorded.</summary>
    internal Predictions.ModelRecord Record { get; } = new();

    /// <summary>Called with the new model before calls see it, while other replacements of this model wait.</summary>
    internal Action<LoadedModel>? Replacing { get; set; }

    /// <summary>Raised when calls see the new model, with other replacements of this model waiting.</summary>
    public event EventHandler<ModelReplacedEventArgs>? Replaced;

    /// <summary>The model of this moment, loaded if it is not yet; dispose the lease when the call is done with it.</summary>
    /// <exception cref="FlamaException">The model cannot be loaded.</exception>
    /// <exception cref="ObjectDisposedException">The application has ended.</exception>
    public ModelLease Acquire()
    {
        while (true)
        {
            var loaded = Volatile.Read(ref current) ?? LoadFirst();
            if (loaded.TryRetain())
            {
                return new(loaded);
            }

            // It was replaced between the two steps, or there will be no other.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref isDisposed), this);
        }
    }

    /// <summary>Puts another model in its place. No call fails for it; those at hand end with the model they have.</summary>
    /// <param name="next">The model, which ends with this object or when another replaces it. Disposed if this fails.</param>
    /// <exception cref="ObjectDisposedException">The application has ended.</exception>
    public void Replace(LoadedModel next)
    {
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            lock (replacing)
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref isDisposed), this);
                Replacing?.Invoke(next);
                var previous = Interlocked.Exchange(ref current, next);
                Volatile.Write(ref lastError, null);
                try
                {
                    // The first model of all takes no other's place.
                    if (previous is not null)
                    {
                        Replacements++;
                        FlamaDiagnostics.NoteSwap(Name);
                        Replaced?.Invoke(this, new ModelReplacedEventArgs(next));
                    }
                }
                finally
                {
                    previous?.Dispose();
                }
            }
        }
        catch when (Volatile.Read(ref current) != next)
        {
            next.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Updates without downtime: loads the model's file beside the one at hand, examines and warms it up as <see cref="Updates"/> say, and puts it in place. If any
    /// of that fails, the one at hand serves on.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model was made in memory.</exception>
    /// <exception cref="FlamaException">The file cannot be loaded, or does not pass its exam (<see cref="ErrorCodes.ExamFailed"/>); <see cref="LastError"/> keeps the failure.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Reload(CancellationToken cancellationToken = default) => Replace(LoadNext(cancellationToken));

    /// <summary>Gives the memory of the model back, when the calls at hand have ended; the next call loads it again.</summary>
    /// <exception cref="InvalidOperationException">The model was made in memory.</exception>
    public void Unload()
    {
        if (load is null)
        {
            throw NotFromAFile();
        }

        lock (replacing)
        {
            Interlocked.Exchange(ref current, null)?.Dispose();
        }
    }

    /// <summary>Loads, examines and warms up the model's file without putting it in place; the caller replaces with it or disposes it.</summary>
    internal LoadedModel LoadNext(CancellationToken cancellationToken)
    {
        if (load is null)
        {
            throw NotFromAFile();
        }

        var start = Stopwatch.GetTimestamp();
        LoadedModel next;
        try
        {
            next = load(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            FlamaDiagnostics.NoteLoad(Name, succeeded: false, Stopwatch.GetElapsedTime(start));
            Volatile.Write(ref lastError, failure);
            throw;
        }

        FlamaDiagnostics.NoteLoad(Name, succeeded: true, Stopwatch.GetElapsedTime(start));
        return IsLoaded ? Examine(next, cancellationToken) : next;
    }

    /// <summary>Gives the model up, and a load that is on its way.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
        {
            return;
        }

        ending.Cancel();
        if (!replacing.TryEnter(LongestWait))
        {
            // Whoever loads disposes what it has loaded when it sees that there is no use for it.
            return;
        }

        try
        {
            current?.Dispose();
        }
        finally
        {
            replacing.Exit();
        }

        ending.Dispose();
    }

    private InvalidOperationException NotFromAFile() => new($"The model '{Name}' was not loaded from a file.");

    private LoadedModel Examine(LoadedModel next, CancellationToken cancellationToken)
    {
        try
        {
            ModelUpdate.Prepare(Name, next, Updates, cancellationToken);
            return next;
        }
        catch (Exception failure)
        {
            if (failure is not OperationCanceledException)
            {
                Volatile.Write(ref lastError, failure);
            }

            next.Dispose();
            throw;
        }
    }

    private LoadedModel LoadFirst()
    {
        lock (replacing)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (current is null)
            {
                Reload(ending.Token);
            }

            return current!;
        }
    }
}
