using Flama.Hosting.Validation;
using Flama.Schemas;

namespace Flama.Hosting.Repository;

/// <summary>Loading and unloading.</summary>
public sealed partial class ModelRepository
{
    // From here on a load takes longer than the two collections that measure it alone.
    private const long MeasuredAlone = 8 << 20;

    // A guess for files that were never loaded: text and compressed files grow.
    private const int Growth = 4;

    // A version that is unloaded before its caller has entered is loaded again, within reason.
    private const int MaxTries = 5;

    /// <summary>Loads a model before anyone asks for it.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version's name or a label; null for the default.</param>
    /// <param name="cancellationToken">Ends the wait; the load goes on.</param>
    /// <exception cref="FlamaException">As for <see cref="AcquireAsync"/>.</exception>
    public async Task LoadAsync(string name, string? version = null, CancellationToken cancellationToken = default)
    {
        var found = await EnterAsync(name, version, cancellationToken);
        found.Leave();
    }

    /// <summary>Takes a model out of memory; the next call loads it again.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version's name or a label; null for the default.</param>
    /// <returns>False when calls use it: it stays.</returns>
    /// <exception cref="FlamaException">There is no such model or version (<see cref="ErrorCodes.ModelNotFound"/>).</exception>
    public bool Unload(string name, string? version = null)
    {
        var found = Get(name, version);
        return !found.IsLoaded || TryUnload(found);
    }

    private bool TryUnload(RepositoryVersion version)
    {
        if (!version.TryUnload())
        {
            return false;
        }

        ledger.Remove(version);
        Log.ModelUnloaded(logger, version.Model, version.Name);
        return true;
    }

    private async Task LoadAndEnterAsync(RepositoryVersion version, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            await version.Load(() => RunLoadAsync(version)).WaitAsync(cancellationToken);
            if (version.TryEnter())
            {
                return;
            }
        }

        throw new FlamaException(ErrorCodes.Overloaded, $"The model '{version.Model}' is unloaded as soon as it is loaded.", "Send the request again later.");
    }

    private async Task RunLoadAsync(RepositoryVersion version)
    {
        await FetchAsync(version);
        await lanes.WaitAsync(ending.Token);
        try
        {
            await Task.Factory.StartNew(
                () => Load(version), ending.Token, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            lanes.Release();
        }
    }

    private async Task FetchAsync(RepositoryVersion version)
    {
        try
        {
            if (await tree.FetchAsync(version.Found, ending.Token) is { } fault)
            {
                Log.UpdateRefused(logger, version.Model, version.Path, fault);
            }
        }
        catch (FlamaException failure)
        {
            Log.LoadFailed(logger, version.Model, version.Name, failure.Message);
            throw version.Fail(failure);
        }
    }

    private void Load(RepositoryVersion version)
    {
        var length = LengthOf(version.Path);
        var isAlone = length >= MeasuredAlone && Options.MemoryBudgetBytes is not null;
        var reservation = Math.Min(isAlone ? length : ledger.Estimate(length * Growth), Options.MemoryBudgetBytes ?? long.MaxValue);
        ledger.Reserve(reservation);
        try
        {
            var raw = isAlone ? LoadAlone(version, length) : LoadBeside(version);
            ledger.Settle(version, ref reservation, raw, isAlone);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ObjectDisposedException))
        {
            ledger.Cancel(reservation);
            version.Served.Unload();
            if (failure is FlamaException { Code: var code } && code == ErrorCodes.Overloaded)
            {
                throw;
            }

            Log.LoadFailed(logger, version.Model, version.Name, failure.Message);
            throw version.Fail(failure);
        }

        var isFirst = !version.IsKnown;
        version.IsKnown = true;
        version.Open();
        if (isFirst)
        {
            NoteChange();
        }

        using var lease = version.Served.Acquire();
        var metadata = lease.Model.Metadata;
        Log.VersionLoaded(logger, version.Model, version.Name, metadata.ModelClass, metadata.Framework, metadata.FrameworkVersion, lease.Loaded.Elapsed.TotalMilliseconds);
    }

    private static long LoadBeside(RepositoryVersion version)
    {
        using var lease = version.Served.Acquire();
        return lease.Loaded.Allocated;
    }

    private long LoadAlone(RepositoryVersion version, long length)
    {
        lock (measuring)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var raw = LoadBeside(version);
            return Math.Clamp(GC.GetTotalMemory(forceFullCollection: true) - before, Math.Min(length / Growth, raw), raw);
        }
    }

    private LoadedModel Open(RepositoryVersion version, CancellationToken cancellationToken)
    {
        LoadOptions options = new()
        {
            CancellationToken = cancellationToken,
            Schema = version.Found.Schema is { } schema && Options.Validation != ValidationMode.Off ? ModelSchema.Read(schema) : null,
            Validation = Options.Validation,
            OnViolation = new ViolationLog(version.Model, logger).Add,
            ChecksAnswers = Options.ChecksAnswers,
        };
        var loaded = LoadedModel.Open(version.Path, engines, options).WithDigest(version.Path);
        loaded.IsCounted = Options.MemoryBudgetBytes is not null;
        return version.IsNamed ? loaded.WithVersion(version.Name) : loaded;
    }

    private static long LengthOf(string path)
    {
        try
        {
            return System.IO.Directory.Exists(path)
                ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                : new FileInfo(path).Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
