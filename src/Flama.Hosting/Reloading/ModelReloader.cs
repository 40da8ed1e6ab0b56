using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Reloading;

/// <summary>Watches the file of one model and replaces the model when the file was replaced. Not thread-safe.</summary>
/// <remarks>
/// It looks in intervals rather than wait for the system's notice: that works for network file systems, mounts of containers and links in the
/// middle of a path, and misses nothing. A look costs one opened file. A model is loaded on a thread of its own: a load that takes long, or waits for a file
/// system that does not answer, holds up neither other models nor the application's end, and is given up when the file changes again.
/// </remarks>
internal sealed class ModelReloader
{
    // Looking at large directories takes no more than this share of a processor.
    private const int Leisure = 20;

    private readonly ServedModel model;
    private readonly string path;
    private readonly ReloadOptions options;
    private readonly ILogger logger;
    private readonly WatchedTree tree;
    private readonly WatchedFile<FileState> watched;
    private readonly WatchedFile<long> surroundings;

    /// <summary>Notes the state of the files now: only later changes count.</summary>
    public ModelReloader(ServedModel model, ReloadOptions options, ILogger logger)
    {
        this.model = model;
        path = model.Path!;
        this.options = options;
        this.logger = logger;
        tree = new WatchedTree(options);
        watched = new WatchedFile<FileState>(LoadedState(model) ?? FileState.Of(path));
        surroundings = new WatchedFile<long>(tree.Look());
    }

    /// <summary>Watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = options.Delay;
        while (await PauseAsync(pause, cancellationToken))
        {
            var start = Stopwatch.GetTimestamp();
            var all = tree.Look();
            pause = TimeSpan.FromTicks(Math.Max(options.Delay.Ticks, Leisure * Stopwatch.GetElapsedTime(start).Ticks));
            var forced = surroundings.HasSettled(all);
            if (forced)
            {
                surroundings.Note(all);
            }

            var state = FileState.Of(path);
            if (watched.HasSettled(state) || (forced && state.Exists))
            {
                await ReloadAsync(state, cancellationToken);
            }
        }
    }

    // From before anyone knows of the model, so that no change is missed.
    private static FileState? LoadedState(ServedModel model)
    {
        if (!model.IsLoaded)
        {
            return null;
        }

        using var lease = model.Acquire();
        return lease.Loaded.FileState is { Exists: true } state ? state : null;
    }

    private static async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private async Task ReloadAsync(FileState state, CancellationToken cancellationToken)
    {
        watched.Note(state);
        if (!state.Exists)
        {
            Log.FileGone(logger, model.Name, path);
            return;
        }

        if (state.Length == 0)
        {
            Log.ReloadFailed(logger, model.Name, path, "The file is empty, or a pipe.");
            return;
        }

        try
        {
            var next = await LoadAsync(state, cancellationToken);
            if (next is null)
            {
                return;
            }

            if (next.FileState != state || FileState.Of(path) != state)
            {
                // It was written on while it was read. The next looks see it as a change.
                next.Dispose();
                return;
            }

            model.Replace(next);
            using var lease = model.Acquire();
            var metadata = lease.Model.Metadata;
            Log.ModelReplaced(logger, model.Name, metadata.ModelClass, metadata.Framework, metadata.FrameworkVersion, metadata.Id);
            foreach (var warning in lease.Model.Warnings)
            {
                Log.ModelWarning(logger, model.Name, warning);
            }
        }
        catch (Exception failure) when (failure is ObjectDisposedException or OperationCanceledException)
        {
            // The application has ended meanwhile.
        }
        catch (FlamaException failure) when (failure.Code == ErrorCodes.ExamFailed)
        {
            Log.UpdateRefused(logger, model.Name, path, failure.Message);
        }
#pragma warning disable CA1031 // Whatever a new file does, the model that is served goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.ReloadFailed(logger, model.Name, path, failure.Message);
        }
    }

    // Null when it was given up: the application ends, or the file has changed again, which the next looks see.
    private async Task<LoadedModel?> LoadAsync(FileState state, CancellationToken cancellationToken)
    {
        // Disposed when the load is over: one that was given up still looks at it.
        var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loading = Task.Factory.StartNew(
            () => model.LoadNext(givenUp.Token), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        while (!loading.IsCompleted)
        {
            await Task.WhenAny(loading, Task.Delay(options.Delay, givenUp.Token)).ConfigureAwait(false);
            if (!loading.IsCompleted && (givenUp.IsCancellationRequested || FileState.Of(path) != state))
            {
                await givenUp.CancelAsync();
                _ = DisposeAsync(loading, givenUp);
                return null;
            }
        }

        givenUp.Dispose();
        return await loading;
    }

    private static async Task DisposeAsync(Task<LoadedModel> loading, CancellationTokenSource givenUp)
    {
        await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        givenUp.Dispose();
        if (loading.IsCompletedSuccessfully)
        {
            (await loading).Dispose();
        }
    }
}
