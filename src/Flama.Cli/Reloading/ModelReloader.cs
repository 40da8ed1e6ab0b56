using System.Diagnostics;
using Flama.AspNetCore.Models;
using Flama.Cli.Configuration;
using Flama.Cli.Logging;
using Flama.Cli.Serving;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Reloading;

/// <summary>Watches the files of a server's models and replaces the models when the files were replaced.</summary>
/// <remarks>
/// It looks in intervals rather than wait for the system to tell: that works for network file systems, mounts of containers and links in the
/// middle of a path, and misses nothing. A look at a model costs one opened file.
/// </remarks>
internal sealed class ModelReloader : IAsyncDisposable
{
    // Looking at large directories takes no more than this share of a processor.
    private const int Leisure = 20;

    private readonly IReadOnlyList<Place> places;
    private readonly ReloadOptions options;
    private readonly ILogger log;
    private readonly WatchedTree tree;
    private readonly WatchedFile<long> surroundings;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private ModelReloader(IReadOnlyList<Place> places, ReloadOptions options, ILogger log)
    {
        this.places = places;
        this.options = options;
        this.log = log;
        tree = new WatchedTree(options);
        surroundings = new WatchedFile<long>(tree.Look());
        running = Task.Run(RunAsync);
    }

    /// <summary>Begins to watch; nothing when there are no options.</summary>
    /// <param name="options">What to watch; null for nothing.</param>
    /// <param name="models">The models as they were loaded.</param>
    /// <param name="served">Their places, in the same order.</param>
    /// <param name="log">Takes a line for each attempt.</param>
    public static ModelReloader? Start(
        ReloadOptions? options, IReadOnlyList<LoadedModel> models, IReadOnlyList<ServedModel> served, ILogger log) => options is null
        ? null
        : new ModelReloader([.. models.Zip(served, (model, place) => new Place(model.File, place, new WatchedFile<FileState>(model.State)))], options, log);

    /// <summary>Ends watching; a model that is being loaded is not served any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = options.Delay;
        while (await Pause(pause))
        {
            var start = Stopwatch.GetTimestamp();
            var all = tree.Look();
            pause = TimeSpan.FromTicks(Math.Max(options.Delay.Ticks, Leisure * Stopwatch.GetElapsedTime(start).Ticks));
            var forced = surroundings.HasSettled(all);
            if (forced)
            {
                surroundings.Note(all);
            }

            foreach (var place in places)
            {
                var state = FileState.Of(place.File.File);
                if (place.Watched.HasSettled(state) || (forced && state.Exists))
                {
                    Reload(place, state);
                }
            }
        }
    }

    private async Task<bool> Pause(TimeSpan pause)
    {
        await Task.Delay(pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }

    private void Reload(Place place, FileState state)
    {
        var (file, served, watched) = place;
        watched.Note(state);
        if (!state.Exists)
        {
            new LogLine($"Model '{file.Name}' stays as it is: '{file.File}' is gone").WriteTo(log, LogLevel.Warning);
            return;
        }

        LoadedModel? next = null;
        try
        {
            next = LoadedModel.Load(file);
            if (next.State != state || FileState.Of(file.File) != state)
            {
                // It was written on while it was read. The next looks see it as a change.
                next.Dispose();
                return;
            }

            served.Replace(next.Model, next.ArtifactNames, next);
            var line = StartLines.Loaded(next);
            (line with { Message = $"Replaced: {line.Message}" }).WriteTo(log);
            foreach (var warning in next.Model.Warnings)
            {
                new LogLine($"Model '{file.Name}': {warning}").WriteTo(log, LogLevel.Warning);
            }
        }
        catch (ObjectDisposedException)
        {
            // The server has ended meanwhile.
        }
#pragma warning disable CA1031 // Whatever a new file does, the model that is served goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            next?.Dispose();
            new LogLine($"Model '{file.Name}' stays as it is: '{file.File}' has changed and cannot be loaded: {failure.Message}").WriteTo(log, LogLevel.Warning);
        }
    }

    private sealed record Place(NamedModel File, ServedModel Served, WatchedFile<FileState> Watched);
}
