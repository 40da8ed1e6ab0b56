using System.Diagnostics;
using Flama.Cli.Configuration;
using Flama.Cli.Models;
using Flama.Cli.Reloading;
using Flama.Packaging;

namespace Flama.Cli.Serving;

/// <summary>A model that is loaded, and where it is served.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly ModelPackage package;
    private bool isDisposed;

    private LoadedModel(NamedModel file, FileState state, ModelPackage package, Model model, TimeSpan elapsed)
    {
        File = file;
        State = state;
        this.package = package;
        Model = model;
        Elapsed = elapsed;
    }

    /// <summary>The file and its place.</summary>
    public NamedModel File { get; }

    /// <summary>What the file looked like before it was read.</summary>
    public FileState State { get; }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>The names of the files that came with the model.</summary>
    public IReadOnlyList<string> ArtifactNames => package.Artifacts.Names;

    /// <summary>How long it took to load.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Loads one file.</summary>
    /// <exception cref="FlamaException">It cannot be read, or its model cannot be evaluated here.</exception>
    public static LoadedModel Load(NamedModel file)
    {
        var start = Stopwatch.GetTimestamp();
        var state = FileState.Of(file.File);
        var opened = ModelFile.Open(file.File);
        try
        {
            return new LoadedModel(
                file, state, opened, InstalledEngines.AddTo(new ModelEngines()).Load(opened.ReadModel()), Stopwatch.GetElapsedTime(start));
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Loads all files, several at the same time.</summary>
    /// <exception cref="FlamaException">The first in their order that failed; the message names the file.</exception>
    public static async Task<IReadOnlyList<LoadedModel>> LoadAllAsync(IReadOnlyList<NamedModel> files)
    {
        if (files.Count == 1)
        {
            return [Load(files[0])];
        }

        List<Task<LoadedModel>> loading = [.. files.Select(file => Task.Run(() => LoadNamed(file)))];
        try
        {
            return await Task.WhenAll(loading);
        }
        catch
        {
            foreach (var loaded in loading.Where(task => task.IsCompletedSuccessfully))
            {
                (await loaded).Dispose();
            }

            await loading.First(task => task.IsFaulted);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref isDisposed, true))
        {
            Model.Dispose();
            package.Dispose();
        }
    }

    private static LoadedModel LoadNamed(NamedModel file)
    {
        try
        {
            return Load(file);
        }
        catch (FlamaException failure) when (!failure.Message.Contains(file.File, StringComparison.Ordinal))
        {
            throw new FlamaException(failure.Code, $"Model '{file.Name}' ({file.File}): {failure.Message}", failure.Remedy, failure);
        }
    }
}
