using System.Text;
using Flama.Cli.Settings;
using Flama.Hosting.Sources;

namespace Flama.Cli.Commands;

/// <summary><c>flama pull URL</c>: brings a model file into the cache, so that a server need not wait for it.</summary>
internal sealed class PullCommand() : CliCommand("pull", "Downloads a model file into the cache.")
{
    private static readonly Positional Url = new("URL", "The file, for example https://models.example.org/churn.flm or s3://bucket/churn.flm");

    private static readonly Setting<string?> Digest = new("--sha256", Kinds.OptionalText("HEX"), null, "The digest that the file must have.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Prints where the file is. One that has not changed is not downloaded again, a download that broke goes on where it broke, and the file appears when it is complete. "
        + "'flama serve URL' does the same, and follows the file while it runs.",
        "Stores of objects are s3://BUCKET/NAME, az://CONTAINER/NAME and gs://BUCKET/NAME. Their endpoints and credentials come from where the tools of the vendors have them: AWS_* variables, "
        + "profiles and roles; AZURE_* variables and identities; GOOGLE_APPLICATION_CREDENTIALS, gcloud and the machine's account.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama pull https://models.example.org/churn.flm",
        "  flama pull s3://models/churn.flm",
        "  flama serve https://models.example.org/churn.flm --server-source-poll 30",
        "  flama serve --model file=https://models.example.org/churn.flm,sha256=HEX",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Url];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [Digest, .. ServerSettings.SourceGroup.Settings.Where(setting => setting != ServerSettings.SourcePoll)])];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        context.Values.Check();
        if (context.Values.Get(Url) is not { } text || !ModelSources.IsLocation(text))
        {
            throw context.UsageError($"URL is '{context.Values.Get(Url)}', which names no file elsewhere.", "Write: flama pull https://HOST/PATH, or s3://, az:// or gs:// with BUCKET/NAME");
        }

        using var sources = ServerSettings.SourcesOf(context.Values);
        var pulled = await sources.PullAsync(new Uri(text), context.Values.Get(Digest));
        if (pulled.Warning is not null)
        {
            context.Console.Error.WriteLine($"Warning: {pulled.Warning} This is the file from before.");
        }

        context.Console.Output.Write(Encoding.UTF8.GetBytes($"{pulled.Path}\n"));
        context.Console.Output.Flush();
        return 0;
    }
}
