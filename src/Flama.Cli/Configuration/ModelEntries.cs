using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>The models that the user named: those of the first place that names any.</summary>
internal static class ModelEntries
{
    /// <summary>Finds them; empty when nobody named one.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="positional">The argument that names a model; null where a command has none.</param>
    /// <exception cref="FlamaException">One place names models in two ways, or one of them cannot be read.</exception>
    public static IReadOnlyList<ModelEntry> Find(CommandContext context, Positional? positional)
    {
        var single = positional is null ? null : context.Values.Find(positional, index: 0);
        var several = context.Values.Find(ServeSettings.Model);
        if (single is not null && several is not null && single.Origin.Rank == several.Origin.Rank)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"{single.Origin.InMessage} '{single.Text}' and {several.Origin.InMessage} '{several.Texts[0]}' are both given.",
                $"Name one model as {positional!.Name}, or every model with {ServeSettings.Model.Name}.");
        }

        if (single is not null && (several is null || single.Origin.Rank < several.Origin.Rank))
        {
            return [new(single.Text, null, null, single.Origin)];
        }

        if (several is null)
        {
            return [];
        }

        HashSet<string> ignored = new(StringComparer.Ordinal);
        List<ModelEntry> entries = [.. context.Values.GetAll(ServeSettings.Model).Select(text => ModelArgument.Read(text, several.Origin, ignored))];
        Notice(context, ignored);
        return entries;
    }

    private static void Notice(CommandContext context, HashSet<string> ignored)
    {
        if (ignored.Count > 0)
        {
            context.Notices.Add($"Without effect here, for models of other kinds: {string.Join(", ", ignored.Order(StringComparer.Ordinal))}");
        }
    }
}
