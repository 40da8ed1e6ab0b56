using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Hosting.Configuration;

namespace Flama.Cli.Configuration;

/// <summary>The models that the user named: those of the first source that names any.</summary>
internal static class ModelEntries
{
    /// <summary>Finds them; empty when none is named.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="configured">The models of the configuration file.</param>
    /// <param name="ignored">Takes the keys without a meaning.</param>
    /// <exception cref="FlamaException">One source names models in two ways, or one of them cannot be read.</exception>
    public static IReadOnlyList<ModelEntry> Find(
        CommandContext context, IReadOnlyList<ModelEntry> configured, ICollection<string> ignored)
    {
        var single = context.Values.Find(Positional.Model);
        var several = context.Values.Find(AppSettings.Model);
        if (single is not null && several is not null && single.Origin.Rank == several.Origin.Rank)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"{single.Origin.InMessage} '{single.Text}' and {several.Origin.InMessage} '{several.Texts[0]}' are both given.",
                $"Name one model as {Positional.Model.Name}, or every model with {AppSettings.Model.Name}.");
        }

        if (single is not null && (several is null || single.Origin.Rank < several.Origin.Rank))
        {
            return [new(single.Text, null, null, single.Origin)];
        }

        return several is null
            ? configured
            : [.. context.Values.GetAll(AppSettings.Model).SelectMany(text => Read(text, several.Origin, ignored))];
    }

    private static IReadOnlyList<ModelEntry> Read(string text, SettingOrigin origin, ICollection<string> ignored)
    {
        if (!text.StartsWith('@'))
        {
            return [ModelArgument.Read(text, origin, ignored)];
        }

        var file = text[1..];
        var entries = file.Length == 0
            ? throw new FlamaException(ErrorCodes.InvalidOption, $"{origin.InMessage} is '@', expected the name of a file after it.")
            : ModelNode.ReadAll(ConfigDocument.Read(file, "file of models"), origin, file, "", ignored);
        return entries.Count > 0
            ? entries
            : throw new FlamaException(ErrorCodes.InvalidOption, $"'{file}' names no model.", "Write an object with file, url and name, or a list of such objects.");
    }
}
