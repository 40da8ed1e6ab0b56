using Flama.Hosting.Repository;

namespace Flama.Cli.Settings;

/// <summary>A directory of models.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string?> Repository = new("--server-repository", Kinds.File("DIR|URL"), null, "Serve the models of this directory, or of this prefix in a store (s3://, az://, gs://), too: NAME/model.flm and NAME/VERSION/model.flm, at /NAME/.")
    {
        Aliases = ["--repository"],
    };

    public static readonly Setting<string> RepositoryUrl = new Setting<string>("--server-repository-url", Kinds.Route, "/", "Path below which they are.")
    {
        Aliases = ["--repository-url"],
    }.Sets<RepositoryOptions>((repository, url) => repository.Url = url);

    public static readonly Setting<VersionPolicy> RepositoryVersions = new Setting<VersionPolicy>(
        "--server-repository-versions", Kinds.Versions, VersionPolicy.Latest, "Versions to serve: latest, latest:N, all, or their names with commas.")
    {
        Aliases = ["--repository-versions"],
    }.Sets<RepositoryOptions>((repository, versions) => repository.Versions = versions);

    public static readonly Setting<double> RepositoryPoll = new Setting<double>(
        "--server-repository-poll", Kinds.Amount("SECONDS"), 5, "How often to look for new, changed and removed models; 0 for never.")
    {
        Aliases = ["--repository-poll"],
    }.Sets<RepositoryOptions>((repository, seconds) => repository.PollInterval = Seconds(seconds));

    public static readonly Setting<long?> RepositoryMemory = new Setting<long?>(
        "--server-repository-memory", Kinds.OptionalBytes(1 << 20), null, "Memory for all of them together, in bytes; those that were not used for the longest time are unloaded.")
    {
        Aliases = ["--repository-memory"],
    }.Sets<RepositoryOptions>((repository, bytes) => repository.MemoryBudgetBytes = bytes);

    public static readonly Setting<string?> RepositoryPinned = new(
        "--server-repository-pin", Kinds.Texts("NAME"), null, "Load this model at the start and keep it in memory. Can be repeated.")
    {
        Aliases = ["--repository-pin"],
    };

    /// <summary>All of them.</summary>
    public static SettingGroup RepositoryGroup => new("Repository", [Repository, RepositoryUrl, RepositoryVersions, RepositoryPoll, RepositoryMemory, RepositoryPinned]);
}
