using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Flama.Cli.Settings;
using Flama.Hosting.Keys;

namespace Flama.Cli.Commands;

/// <summary><c>flama key ACTION [NAME]</c>: makes, lists and removes the keys that a server asks for.</summary>
internal sealed class KeyCommand() : CliCommand("key", "Makes, lists and removes keys of callers.")
{
    private const string AddWord = "add", ListWord = "list", RemoveWord = "remove", DefaultFile = "keys.json";

    private static readonly Positional What = new("ACTION", "What to do: add, list or remove.") { Words = [AddWord, ListWord, RemoveWord] };

    private static readonly Positional Holder = new("NAME", "Who has the key; for add and remove.") { IsOptional = true };

    private static readonly Setting<string?> Scopes = new(
        "--scope", Kinds.Texts("SCOPES"), null, "What the key allows: predict, inspect, admin, with commas. Can be repeated. [default: predict]");

    private static readonly Setting<string?> Models = new("--for-model", Kinds.Texts("NAME"), null, "A model that the key is for. Can be repeated. [default: all]");

    private static readonly Setting<string?> Certificate = new(
        "--certificate", Kinds.File(), null, "A client certificate (PEM or DER) that stands for the key: no key is made.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "'add' prints the key, once: the file has only a salted hash of it. A server with --server-keys FILE reads the file again when it has changed. "
        + "Callers send the key as 'X-API-Key: KEY' or 'Authorization: Bearer KEY'.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama key add web --scope predict --server-keys keys.json",
        "  flama key add prometheus --scope inspect",
        "  flama key add shop --scope predict,inspect --for-model churn",
        "  flama key add partner --certificate partner.pem",
        "  flama key list",
        "  flama key remove web",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [What, Holder];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [ServerSettings.Keys, Scopes, Models, Certificate])];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context)
    {
        var path = context.Values.Get(ServerSettings.Keys) ?? DefaultFile;
        switch (context.Values.Get(What))
        {
            case AddWord:
                AddKey(context, path, NameOf(context, AddWord));
                return Task.FromResult(0);
            case ListWord:
                Print(context, string.Concat(ApiKeyFile.Read(path).Select(LineOf)));
                return Task.FromResult(0);
            case RemoveWord:
                var name = NameOf(context, RemoveWord);
                return ApiKeyFile.Remove(path, name)
                    ? Task.FromResult(0)
                    : throw new FlamaException(ErrorCodes.InvalidOption, $"'{path}' has no key '{name}'.", "See: flama key list");
            case var other:
                throw context.UsageError($"ACTION is '{other}', expected add, list or remove.");
        }
    }

    private static void AddKey(CommandContext context, string path, string name)
    {
        List<string> scopes = [.. context.Values.GetAll(Scopes).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (!context.Values.IsSet(Scopes))
        {
            scopes.Add(ApiKeyScopes.Predict);
        }

        var added = $"Added '{SafeText.OneLine(name)}' ({string.Join(", ", scopes)}) to {path}.";
        if (context.Values.Get(Certificate) is { } file)
        {
            using var certificate = Load(file);
            ApiKeyFile.AddCertificate(path, name, certificate, scopes, context.Values.GetAll(Models));
            context.Console.Error.WriteLine(added);
            return;
        }

        var key = ApiKeyFile.Add(path, name, scopes, context.Values.GetAll(Models));
        Print(context, $"{key}\n");
        context.Console.Error.WriteLine($"{added} The key is not shown again.");
    }

    private static X509Certificate2 Load(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                File.Exists(file) ? ErrorCodes.Corrupt : ErrorCodes.FileNotFound, $"'{file}' is not a certificate that can be read.", "Name a file with one certificate in PEM or DER.", failure);
        }
    }

    private static string NameOf(CommandContext context, string action) =>
        context.Values.Get(Holder) is { Length: > 0 } name ? name : throw context.UsageError("No NAME was given.", $"Write: flama key {action} NAME");

    private static string LineOf(ApiKey key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Id}\t{SafeText.OneLine(key.Name)}\t{string.Join(',', key.Scopes)}\t{(key.Models.Count == 0 ? "*" : string.Join(',', key.Models))}\t{key.Created:yyyy-MM-dd'T'HH:mm:ss'Z'}\n");

    private static void Print(CommandContext context, string text)
    {
        context.Console.Output.Write(Encoding.UTF8.GetBytes(text));
        context.Console.Output.Flush();
    }
}
