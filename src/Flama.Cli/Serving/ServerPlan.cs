using Flama.AspNetCore.Logging;
using Flama.Cli.Commands;
using Flama.Cli.Configuration;
using Flama.Cli.Logging;
using Flama.Cli.Settings;
using Flama.Hosting.Reloading;

namespace Flama.Cli.Serving;

/// <summary>What a server needs beside the values of single options: read from files, put together, and checked.</summary>
/// <param name="Values">The values, each of which is well-formed.</param>
/// <param name="Models">The models with their URLs; empty when none is named.</param>
/// <param name="DocsPath">The path of the documentation page; empty for none.</param>
/// <param name="Log">What is logged, where and how.</param>
/// <param name="Reload">Watching files; null for not.</param>
/// <param name="Repository">A directory of models; null for none.</param>
/// <param name="Tls">HTTPS; null for plain HTTP.</param>
internal sealed record ServerPlan(
    SettingValues Values, IReadOnlyList<NamedModel> Models, string DocsPath, LogRouting Log, ReloadOptions? Reload, string? Repository, TlsOptions? Tls)
{
    /// <summary>Reads the values. What is without effect becomes a notice.</summary>
    /// <exception cref="FlamaException">A value is wrong or contradicts another.</exception>
    public static ServerPlan Read(CommandContext context)
    {
        var (values, file) = (context.Values, context.Configuration);
        values.Check();
        HashSet<string> ignored = [.. file?.Ignored ?? []];
        var models = ModelNaming.Of(context, ModelEntries.Find(context, file?.Models ?? [], ignored));

        // The page shows the schema: without it there is none, unless it is asked for.
        var docs = values.Get(AppSettings.SchemaPath).Length == 0 && !values.IsSet(AppSettings.DocsPath) ? "" : values.Get(AppSettings.DocsPath);
        ServerPlan plan = new(values, models, docs, LogSetup.Read(context), ReloadPlan.Read(context), RepositoryPlan.Read(context), TlsOptions.Read(context));
        plan.Check(context);
        NoticeUnused(context, ignored);
        return plan;
    }

    /// <summary>Warns of the options without effect, in one line, if there are any.</summary>
    /// <param name="context">Settings; takes the notice.</param>
    /// <param name="others">Keys of models that have none either.</param>
    public static void NoticeUnused(CommandContext context, IEnumerable<string> others)
    {
        var labels = ConfigKeys.Settings.Values.Where(setting => setting.IsForeign).Select(context.Values.Find).OfType<SettingEntry>()
            .Select(entry => entry.Origin.Label).Concat(others).ToList();
        if (!context.Values.Get(ServerSettings.DateHeader))
        {
            labels.Add(context.Values.Find(ServerSettings.DateHeader) is { Origin: { Rank: > SettingRank.CommandLine } origin }
                ? origin.Label
                : ServerSettings.DateHeader.Negation!);
        }

        if (labels.Count > 0)
        {
            context.Notices.Add($"Without effect here: {string.Join(", ", labels)}");
        }
    }

    private void Check(CommandContext context)
    {
        var schema = Values.Get(AppSettings.SchemaPath);
        if (DocsPath.Length > 0 && schema.Length == 0)
        {
            throw context.UsageError(
                $"{AppSettings.DocsPath.Name} is '{DocsPath}' and {AppSettings.SchemaPath.Name} is empty, but the page shows the schema.",
                "Leave the docs out too, or give the schema a path.");
        }

        (Setting<string> Setting, string Path)[] paths =
        [
            (AppSettings.SchemaPath, schema),
            (AppSettings.DocsPath, DocsPath),
            .. new[] { AppSettings.HealthPath, AppSettings.MetricsPath, AppSettings.StatisticsPath, AppSettings.McpPath, AppSettings.AdminPath }.Select(setting => (setting, Values.Get(setting))),
        ];
        foreach (var model in Models)
        {
            var what = Models.Count == 1 ? AppSettings.ModelUrl.Name : $"The url of model '{model.Name}'";
            foreach (var (other, path) in paths)
            {
                CheckApart(context, what, model.Url, other, path);
            }
        }

        CheckApart(context, AppSettings.SchemaPath.Name, schema, AppSettings.DocsPath, DocsPath);
        for (var i = 2; i < paths.Length; i++)
        {
            foreach (var (other, path) in paths[..i])
            {
                CheckApart(context, paths[i].Setting.Name, paths[i].Path, other, path);
            }
        }

        NoticeLonely(context, AppSettings.MetricsPath, AppSettings.MetricsCompat);
        NoticeLonely(context, ServerSettings.PredictionLog, ServerSettings.PredictionLogSample);
        CheckOrigins(context);
        CheckBatching(context);
        if (Values.IsSet(ServerSettings.SocketPath) && Values.IsSet(ServerSettings.Descriptor))
        {
            throw context.UsageError($"{ServerSettings.SocketPath.Name} and {ServerSettings.Descriptor.Name} are both given.", "Give one of them.");
        }
    }

    private void NoticeLonely(CommandContext context, Setting needed, Setting other)
    {
        if (!Values.IsSet(needed) && Values.IsAsked(other))
        {
            context.Notices.Add($"Without effect as long as there is no {needed.Name}: {other.Name}");
        }
    }

    private void CheckBatching(CommandContext context)
    {
        foreach (var (name, _) in Values.GetAll(ServerSettings.BatchModels).Select(text => Kinds.ModelBatchOf(text)!.Value))
        {
            if (!Models.Any(model => string.Equals(model.Name, name, StringComparison.Ordinal)))
            {
                throw context.UsageError(
                    $"{ServerSettings.BatchModels.Name} names '{name}', and there is no model of that name.",
                    Models.Count == 0 ? $"The models of a repository share {ServerSettings.Batch.Name}." : $"There are: {string.Join(", ", Models.Select(model => model.Name))}.");
            }
        }
    }

    private void CheckOrigins(CommandContext context)
    {
        if (Values.Get(ServerSettings.CorsCredentials) && Values.GetAll(ServerSettings.CorsOrigins).Contains("*", StringComparer.Ordinal))
        {
            throw context.UsageError(
                $"{ServerSettings.CorsOrigins.Name} is '*', and {ServerSettings.CorsCredentials.Name} is given: any page could act for its visitors.",
                "Name the origins, or leave the credentials out.");
        }
    }

    private static void CheckApart(CommandContext context, string first, string firstPath, Setting second, string secondPath)
    {
        if (firstPath.Length > 0 && secondPath.Length > 0 && string.Equals(firstPath.Trim('/'), secondPath.Trim('/'), StringComparison.OrdinalIgnoreCase))
        {
            throw context.UsageError($"{first} and {second.Name} are both '{secondPath}'.", "Give them different paths.");
        }
    }
}
