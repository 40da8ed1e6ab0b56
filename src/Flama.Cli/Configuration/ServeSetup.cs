using Flama.Cli.Commands;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>Brings the places together where a server's values can be said, and reads all of them.</summary>
internal static class ServeSetup
{
    /// <summary>Reads the files that the values name, and adds them as places.</summary>
    /// <param name="context">Takes the places.</param>
    /// <param name="path">The configuration file; null for none.</param>
    /// <returns>The configuration file; null for none.</returns>
    /// <exception cref="FlamaException">A file is missing or wrong.</exception>
    public static ConfigurationFile? AddFiles(CommandContext context, string? path)
    {
        var file = path is null ? null : ConfigurationFile.Read(path);
        if (file is not null)
        {
            context.Add(file);
        }

        if (context.Values.Find(ServerSettings.EnvFile) is { } variables)
        {
            context.Add(new VariableLayer(EnvironmentFile.Read(variables.Text).GetValueOrDefault, variables.Text));
        }

        return file;
    }

    /// <summary>Reads the values. What is without effect becomes a notice.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="file">The configuration file; null for none.</param>
    /// <param name="modelIndex">The place of the argument that names a model; a command without one has it only in a variable.</param>
    /// <exception cref="FlamaException">A value is wrong or contradicts another.</exception>
    public static ServeOptions Read(CommandContext context, ConfigurationFile? file, int modelIndex = int.MaxValue)
    {
        HashSet<string> ignored = [.. file?.Ignored ?? []];
        var entries = ModelEntries.Find(context, modelIndex, file?.Models ?? [], ignored);
        var options = ServeOptions.Read(context, ModelPlaces.Of(context, entries));
        ServerOptions.NoticeUnused(context, ignored);
        return options;
    }
}
