using Flama.Cli.Configuration;
using Flama.Cli.Logging;
using Flama.Cli.Settings;
using Flama.Hosting;
using Flama.Hosting.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Serving;

/// <summary>The models of a plan whose files are elsewhere: brought here before the start, followed while the server runs.</summary>
internal sealed class RemoteModels(SettingValues values) : IDisposable
{
    // Most servers have none of them.
    private readonly Lazy<ModelSources> sources = new(() => ServerSettings.SourcesOf(values));

    /// <summary>Brings the files here.</summary>
    /// <returns>The models, those of files elsewhere at their place in the cache.</returns>
    /// <exception cref="FlamaException">A file cannot be had, and is not here from before.</exception>
    public async Task<IReadOnlyList<NamedModel>> PullAsync(IReadOnlyList<NamedModel> models, ILogger log)
    {
        List<NamedModel> here = [];
        foreach (var model in models)
        {
            if (!ModelSources.IsLocation(model.File))
            {
                here.Add(model);
                continue;
            }

            Uri location = new(model.File);
            var pulled = await sources.Value.PullAsync(location, model.Sha256);
            new LogLine(pulled.Warning is null
                ? $"Model '{model.Name}' is from {ModelSources.Show(location)}, SHA-256 {pulled.Sha256}{(pulled.IsNew ? "" : ", in the cache already")}"
                : $"Model '{model.Name}' is from the cache: {pulled.Warning}").WriteTo(log, pulled.Warning is null ? LogLevel.Information : LogLevel.Warning);
            here.Add(model with { File = pulled.Path, Location = model.Sha256 is null ? location : null });
        }

        return here;
    }

    /// <summary>Follows the files whose digest is not given, and gives the sources to a repository.</summary>
    public void Follow(IFlamaBuilder flama, IReadOnlyList<NamedModel> models)
    {
        flama.Services.AddSingleton(_ => sources.Value);
        if (values.Get(ServerSettings.SourcePoll) is > 0 and var seconds)
        {
            foreach (var location in models.Select(model => model.Location).OfType<Uri>().Distinct())
            {
                flama.AddSourcePolling(sources.Value, location, TimeSpan.FromSeconds(Math.Clamp(seconds, 0.01, 1e6)));
            }
        }
    }

    public void Dispose()
    {
        if (sources.IsValueCreated)
        {
            sources.Value.Dispose();
        }
    }
}
