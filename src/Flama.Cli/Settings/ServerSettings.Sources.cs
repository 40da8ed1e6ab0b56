using Flama.AzureBlob;
using Flama.GoogleStorage;
using Flama.Hosting.Sources;
using Flama.S3;

namespace Flama.Cli.Settings;

/// <summary>Model files from elsewhere.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string?> SourceCache = new Setting<string?>(
        "--server-source-cache", Kinds.File("DIR"), null, "Keep model files from elsewhere in this directory. [default: flama in the user's directory for caches]")
        .Sets<SourceOptions>((sources, directory) => sources.CacheDirectory = directory!);

    public static readonly Setting<double> SourcePoll = new(
        "--server-source-poll", Kinds.Amount("SECONDS"), 60, "How often to ask whether they have changed; 0 for never.");

    public static readonly Setting<string?> SourceHosts = new(
        "--server-source-hosts", Kinds.Texts("HOST"), null, "Take them from this host, bucket or container only; *.example.org for all below. Can be repeated.");

    public static readonly Setting<long?> SourceLimit = new Setting<long?>(
        "--server-source-limit", Kinds.OptionalBytes(1), null, "The largest of them. [default: 4294967296, 4 GiB]")
        .Sets<SourceOptions>((sources, bytes) => sources.MaxBytes = bytes!.Value);

    public static readonly Setting<bool> SourceRedirects = new Setting<bool>(
        "--server-source-private-redirects", Kinds.Flag, false, "Follow redirects to private networks and this machine.")
        .Sets<SourceOptions>((sources, isOn) => sources.AllowsPrivateRedirects = isOn);

    public static readonly Setting<bool> SourceAnonymous = new(
        "--server-source-anonymous", Kinds.Flag, false, "Ask stores of objects without credentials, for buckets that everyone may read.");

    /// <summary>All of them.</summary>
    public static SettingGroup SourceGroup => new("Model sources", [SourceCache, SourcePoll, SourceHosts, SourceLimit, SourceRedirects, SourceAnonymous]);

    /// <summary>The sources as the options describe them.</summary>
    public static ModelSources SourcesOf(SettingValues values)
    {
        SourceOptions options = new();
        foreach (var setting in SourceGroup.Settings)
        {
            setting.Apply(values, options);
        }

        foreach (var host in values.GetAll(SourceHosts))
        {
            options.AllowedHosts.Add(host);
        }

        var isAnonymous = values.Get(SourceAnonymous);
        return new ModelSources(
            options,
            new S3ModelSource(new() { IsAnonymous = isAnonymous }),
            new AzureBlobModelSource(new() { IsAnonymous = isAnonymous }),
            new GoogleStorageModelSource(new() { IsAnonymous = isAnonymous }));
    }
}
