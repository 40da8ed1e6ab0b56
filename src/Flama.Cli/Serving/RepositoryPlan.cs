using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Hosting;
using Flama.Hosting.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Cli.Serving;

/// <summary>Reads what the user decided about a directory of models.</summary>
internal static class RepositoryPlan
{
    /// <summary>Checks the options.</summary>
    /// <returns>The directory, or its location elsewhere; null for none.</returns>
    /// <exception cref="FlamaException">There is no such directory, or operators have no keys.</exception>
    public static string? Read(CommandContext context)
    {
        var values = context.Values;
        if (values.Get(AppSettings.AdminPath).Length > 0 && values.Get(ServerSettings.Keys) is null)
        {
            throw context.UsageError(
                $"{AppSettings.AdminPath.Name} is given without {ServerSettings.Keys.Name}: anyone could change what is served.", "Make a key: flama key add NAME --scope admin");
        }

        if (values.Get(ServerSettings.Repository) is not { } directory)
        {
            var lonely = ServerSettings.RepositoryGroup.Settings.Where(values.IsAsked).ToList();
            if (lonely.Count > 0)
            {
                context.Notices.Add($"Without effect as long as there is no {ServerSettings.Repository.Name}: {string.Join(", ", lonely.Select(setting => setting.Name))}");
            }

            return null;
        }

        return Directory.Exists(directory) || ModelSources.IsLocation(directory)
            ? directory
            : throw context.UsageError($"{ServerSettings.Repository.Name} is '{directory}', and there is no such directory.", "Check the path.");
    }

    /// <summary>Adds the directory to the application.</summary>
    public static void AddTo(IFlamaBuilder flama, string directory, SettingValues values) => flama.AddRepository(directory, repository =>
    {
        values.Apply(repository);
        repository.Validation = ModelSettings.ModeOf(values);
        repository.ChecksAnswers = values.Get(ModelSettings.ChecksAnswers);
        foreach (var name in values.GetAll(ServerSettings.RepositoryPinned))
        {
            repository.Pinned.Add(name);
        }
    });
}
