using Flama.Hosting.Diagnostics;

namespace Flama.Hosting.Repository;

/// <summary>Older versions that answer where the newest cannot be loaded: nothing answered before it, as after a start.</summary>
public sealed partial class ModelRepository
{
    private async Task<RepositoryVersion> LoadAndEnterAsync(RepositoryVersion version, bool mayFallBack, CancellationToken cancellationToken)
    {
        try
        {
            await EnterAsync(version, cancellationToken);
            return version;
        }
        catch (FlamaException failure) when (mayFallBack && failure.Code == ErrorCodes.ModelUnavailable)
        {
            if (await TryFallBackAsync(version, cancellationToken) is { } older)
            {
                return older;
            }

            throw;
        }
    }

    /// <summary>Makes the newest older version that can be loaded the default.</summary>
    /// <returns>It, entered; null when there is none.</returns>
    private async Task<RepositoryVersion?> TryFallBackAsync(RepositoryVersion failed, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            if (!TryGet(failed.Model, out var model))
            {
                return null;
            }

            // Somebody else may have done it.
            if (model.Default is { } present && present != failed)
            {
                await EnterAsync(present, cancellationToken);
                return present;
            }

            var policy = model.Pins.Policy ?? Options.Versions;
            foreach (var older in model.All.SkipWhile(version => version != failed).Skip(1).Where(version => policy.Allows(version.Name)))
            {
                if (await TryEnterAsync(older, cancellationToken))
                {
                    var reason = failed.LastError;
                    model.Refused = (failed, failed.Watched.Loaded, reason);
                    model.Fault = FaultOf(failed, reason);
                    Serve(model, older);
                    FlamaDiagnostics.NoteRefusal(model.Name, "load");
                    Log.FellBack(logger, model.Name, older.Name, failed.Name, reason?.Message ?? "");
                    return older;
                }
            }

            return null;
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task<bool> TryEnterAsync(RepositoryVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await EnterAsync(version, cancellationToken);
            return true;
        }
        catch (FlamaException failure) when (failure.Code == ErrorCodes.ModelUnavailable)
        {
            return false;
        }
    }

    private static string FaultOf(RepositoryVersion refused, Exception? reason) => $"version {refused.Name} is not taken ({(reason as FlamaException)?.Code.Name ?? ErrorCodes.Internal.Name})";
}
