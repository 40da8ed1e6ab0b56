using System.Collections.Frozen;
using Flama.Hosting.Updating;

namespace Flama.Hosting.Repository;

/// <summary>What changes on the disk, and what an operator changes.</summary>
public sealed partial class ModelRepository
{
    /// <summary>Looks at the directory now, and takes what has come to rest since the last look.</summary>
    /// <exception cref="FlamaException">
    /// The directory cannot be read (<see cref="ErrorCodes.FileUnreadable"/>), or the store cannot be asked (<see cref="ErrorCodes.SourceUnavailable"/>).
    /// </exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            await ApplyAsync(await LookAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Makes a version the one that answers where none is named: it is loaded and examined first, and calls never miss an answer.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version's name or a label; any version that is there.</param>
    /// <param name="label">The label to give to the version instead; null to make it the default.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Whether <c>versions.json</c> was written; where the directory cannot be written, the choice holds until the application ends.</returns>
    /// <exception cref="FlamaException">There is no such model or version, it cannot be loaded, or does not pass its exam; what answered before still does.</exception>
    public Task<bool> PromoteAsync(string name, string version, string? label = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        if (label is not null && !VersionName.IsLabel(label))
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"'{SafeText.OneLine(label, 100)}' cannot be a label.", "Take letters, digits, '.', '-' and '_', and nothing that looks like a version.");
        }

        return ChangeAsync(
            name,
            model => (model.Labels.GetValueOrDefault(version, version), chosen => label is null
                ? model.Pins.Promote(chosen, model.Default?.Name)
                : model.Pins with { Labels = new Dictionary<string, string>(model.Pins.Labels, StringComparer.Ordinal) { [label] = chosen } }),
            cancellationToken);
    }

    /// <summary>Makes the version that was the default before the present one the default again.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>As for <see cref="PromoteAsync"/>.</returns>
    /// <exception cref="FlamaException">As for <see cref="PromoteAsync"/>, or there was no other default (<see cref="ErrorCodes.ModelNotFound"/>).</exception>
    public Task<bool> RollBackAsync(string name, CancellationToken cancellationToken = default) => ChangeAsync(
        name,
        model => model.Pins.Previous.Count > 0
            ? (model.Pins.Previous[0], chosen => model.Pins with { Default = chosen, Previous = [.. model.Pins.Previous.Skip(1)] })
            : throw new FlamaException(ErrorCodes.ModelNotFound, $"The model '{model.Name}' has no version to go back to.", "Promote one by its name."),
        cancellationToken);

    private async Task<bool> ChangeAsync(
        string name, Func<RepositoryModel, (string Version, Func<string, VersionPins> Pins)> choose, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            if (!TryGet(name, out var model))
            {
                throw new FlamaException(ErrorCodes.ModelNotFound, $"There is no model '{SafeText.OneLine(name, 100)}'.");
            }

            var (version, pins) = choose(model);
            var next = model.All.FirstOrDefault(candidate => candidate.Name == version)
                ?? throw new FlamaException(ErrorCodes.ModelNotFound, $"The model '{name}' has no version '{SafeText.OneLine(version, 100)}'.");
            await ExamineAsync(next, cancellationToken);
            model.Pins = pins(next.Name);
            var isStored = tree.TryWrite(model.Name, model.Pins);
            model.HasOwnPins = !isStored;
            Serve(model, Preferred(model));
            UnloadUnserved(model);
            Log.VersionPromoted(logger, name, next.Name, model.Default?.Name ?? "");
            return isStored;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Takes everything that is there, without waiting for it to come to rest: for the start.</summary>
    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        ledger.Begin();
        Dictionary<string, RepositoryModel> all = new(StringComparer.Ordinal);
        foreach (var found in await LookAsync(cancellationToken))
        {
            RepositoryModel model = new(found.Name) { All = [.. found.Versions.Select(version => Make(found.Name, version))], Pins = found.Pins };
            all.Add(found.Name, model);
            NoteFault(model, found.Fault);
            Serve(model, Preferred(model));
        }

        Volatile.Write(ref models, all.ToFrozenDictionary(StringComparer.Ordinal));
        Log.RepositoryRead(logger, Directory, all.Count, all.Values.Count(model => model.Fault is not null));
    }

    private async Task<IReadOnlyList<FoundModel>> LookAsync(CancellationToken cancellationToken) =>
        [.. (await tree.LookAsync(cancellationToken)).Select(RepositoryScan.LookAt)];

    private async Task ApplyAsync(IReadOnlyList<FoundModel> found, CancellationToken cancellationToken)
    {
        Unload(leaving);
        var before = Volatile.Read(ref models);
        Dictionary<string, RepositoryModel> all = new(StringComparer.Ordinal);
        foreach (var one in found)
        {
            var model = before.GetValueOrDefault(one.Name) ?? new RepositoryModel(one.Name);
            all.Add(one.Name, model);
            TakeVersions(model, one);
            NoteFault(model, one.Fault);
        }

        foreach (var gone in before.Values.Where(model => !all.ContainsKey(model.Name)))
        {
            Log.ModelGone(logger, gone.Name);
            leaving.AddRange(gone.All);
        }

        if (all.Count != before.Count || all.Keys.Any(name => !before.ContainsKey(name)))
        {
            Volatile.Write(ref models, all.ToFrozenDictionary(StringComparer.Ordinal));
            NoteChange();
        }

        foreach (var one in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await UpdateAsync(all[one.Name], one, cancellationToken);
        }
    }

    // New versions wait until they look the same twice; those that are gone serve no new call.
    private void TakeVersions(RepositoryModel model, FoundModel found)
    {
        var known = model.All.ToDictionary(version => version.Name, StringComparer.Ordinal);
        List<RepositoryVersion> all = [];
        foreach (var version in found.Versions)
        {
            var present = known.GetValueOrDefault(version.Name);
            if (present?.Path != version.Path && model.Settling.TryGetValue(version.Name, out var seen) && seen == version.State)
            {
                present = Make(model.Name, version);
            }

            if (present is not null)
            {
                all.Add(present);
            }
        }

        model.Settling = found.Versions.ToDictionary(version => version.Name, version => version.State, StringComparer.Ordinal);
        leaving.AddRange(model.All.Except(all));
        model.All = all;
        if (!model.HasOwnPins)
        {
            model.Pins = found.Pins;
        }
    }

    private async Task UpdateAsync(RepositoryModel model, FoundModel found, CancellationToken cancellationToken)
    {
        foreach (var version in model.All)
        {
            if (found.Versions.FirstOrDefault(one => one.Name == version.Name) is { } seen && version.Watched.HasSettled(seen.State)
                && await TryFetchAsync(version, seen, cancellationToken))
            {
                version.Watched.Note(seen.State);
                version.Forgive();
                await ReplaceAsync(version, cancellationToken);
            }
        }

        var (old, next) = (model.Default, Preferred(model));
        if (next is not null && old is not null && next != old && model.All.Contains(old) && !await TryExamineAsync(model, next, cancellationToken))
        {
            next = old;
        }

        if (next == model.Default && model.Refused.Version is { } refused && (next == Preferred(model) || !model.All.Contains(refused)))
        {
            // What was refused is wanted no more, or is gone.
            model.Refused = default;
            model.Fault = found.Fault;
        }

        Serve(model, next);
        UnloadUnserved(model);
    }

    // What cannot be had now is asked for again at the next look.
    private async Task<bool> TryFetchAsync(RepositoryVersion version, FoundVersion seen, CancellationToken cancellationToken)
    {
        string? fault = null;
        try
        {
            fault = version.IsLoaded ? await tree.FetchAsync(seen, cancellationToken) : null;
        }
        catch (FlamaException failure)
        {
            fault = failure.Message;
        }

        if (fault is null)
        {
            version.Found = seen;
        }
        else if (fault != version.FetchFault)
        {
            Log.UpdateRefused(logger, version.Model, version.Path, fault);
        }

        version.FetchFault = fault;
        return fault is null;
    }

    private async Task<bool> TryExamineAsync(RepositoryModel model, RepositoryVersion next, CancellationToken cancellationToken)
    {
        if (model.Refused is var refused && refused.Version == next && refused.State == next.Watched.Loaded)
        {
            return false;
        }

        try
        {
            await ExamineAsync(next, cancellationToken);
            model.Refused = default;
            model.Fault = null;
            Log.VersionTaken(logger, model.Name, next.Name, model.Default?.Name ?? "");
            return true;
        }
        catch (FlamaException failure)
        {
            // Memory may be there at the next look; a model that does not pass has to change first.
            if (failure.Code != ErrorCodes.Overloaded)
            {
                model.Refused = (next, next.Watched.Loaded, failure.InnerException ?? failure);
            }

            model.Fault = FaultOf(next, failure);
            Log.VersionRefused(logger, model.Name, model.Default?.Name ?? "", next.Name, failure.Message);
            return false;
        }
    }

    private async Task ExamineAsync(RepositoryVersion next, CancellationToken cancellationToken)
    {
        await EnterAsync(next, cancellationToken);
        try
        {
            using var lease = next.Served.Acquire();
            var loaded = lease.Loaded;
            await OnThreadAsync(() => ModelUpdate.Prepare(next.Model, loaded, flama.Updates, cancellationToken), cancellationToken);
        }
        finally
        {
            next.Leave();
        }
    }

    // The file of a version was replaced: the same way as for a model outside of a repository, with room for both.
    private async Task ReplaceAsync(RepositoryVersion version, CancellationToken cancellationToken)
    {
        if (!version.TryEnter())
        {
            return;
        }

        var reservation = 0L;
        try
        {
            var estimate = ledger.Estimate(LengthOf(version.Path) * Growth);
            ledger.Reserve(estimate);
            reservation = estimate;
            await OnThreadAsync(() => version.Served.Reload(cancellationToken), cancellationToken);
            using var lease = version.Served.Acquire();
            ledger.Settle(version, ref reservation, lease.Loaded.Allocated, isExact: false, stays: true);
            var metadata = lease.Model.Metadata;
            Log.ModelReplaced(logger, version.Model, metadata.ModelClass, metadata.Framework, metadata.FrameworkVersion, metadata.Id);
            NoteChange();
        }
        catch (FlamaException failure)
        {
            Log.UpdateRefused(logger, version.Model, version.Path, failure.Message);
        }
        finally
        {
            ledger.Cancel(reservation);
            version.Leave();
        }
    }

    private static Task OnThreadAsync(Action work, CancellationToken cancellationToken) => Task.Factory.StartNew(
        work, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private void Serve(RepositoryModel model, RepositoryVersion? chosen)
    {
        var names = model.All.Select(version => version.Name).ToList();
        HashSet<string> served = [.. (model.Pins.Policy ?? Options.Versions).Choose(names), .. model.Pins.Labels.Values];
        if (chosen is not null)
        {
            served.Add(chosen.Name);
        }

        List<RepositoryVersion> versions = [.. model.All.Where(version => served.Contains(version.Name))];
        var isPinned = Options.Pinned.Contains(model.Name);
        foreach (var version in model.All)
        {
            version.IsPinned = isPinned && version == chosen;
        }

        var isOther = !versions.SequenceEqual(model.Versions) || chosen != model.Default;
        model.Serve(versions, chosen, model.Pins.Labels);
        if (isOther)
        {
            NoteChange();
        }
    }

    // Calls at hand may still use one; then the next look takes it.
    private void UnloadUnserved(RepositoryModel model)
    {
        foreach (var version in model.All.Except(model.Versions).Where(version => version.IsLoaded))
        {
            TryUnload(version);
        }
    }

    private RepositoryVersion? Preferred(RepositoryModel model)
    {
        if (model.Pins.Default is { } wanted)
        {
            var name = model.Pins.Labels.GetValueOrDefault(wanted, wanted);
            if (model.All.FirstOrDefault(version => version.Name == name) is { } pinned)
            {
                return pinned;
            }

            NoteFault(model, $"{VersionPins.FileName} names the default '{SafeText.OneLine(wanted, 100)}', which is not there");
        }

        var names = (model.Pins.Policy ?? Options.Versions).Choose([.. model.All.Select(version => version.Name)]);
        return names.Count == 0 ? null : model.All.First(version => version.Name == names[0]);
    }

    private void NoteFault(RepositoryModel model, string? fault)
    {
        if (fault is not null && model.Fault != fault)
        {
            Log.RepositoryFault(logger, model.Name, fault);
        }

        if (fault is not null || model.Refused.Version is null)
        {
            model.Fault = fault;
        }
    }

    private RepositoryVersion Make(string model, FoundVersion version) => new(model, version, Open, flama);

    private void Unload(List<RepositoryVersion> versions) => versions.RemoveAll(version => !version.IsLoaded || TryUnload(version));
}
