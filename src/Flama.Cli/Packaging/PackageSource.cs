using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Packaging;

namespace Flama.Cli.Packaging;

/// <summary>Puts together what goes into a package: what the user says, else what the file says.</summary>
internal static class PackageSource
{
    private const string Epoch = "SOURCE_DATE_EPOCH";

    /// <summary>Collects the content.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="source">The model file, which must stay open until the package is saved.</param>
    /// <exception cref="FlamaException">A value is wrong, or something that the file does not tell is missing.</exception>
    public static PackageContent Read(CommandContext context, ModelPackage source)
    {
        var values = context.Values;
        var payload = source.ReadModel();
        var bytes = payload.Payload.ReadAll();
        var known = source.Metadata ?? Describe(payload);
        var isPackage = source.Metadata is not null;
        var timestamp = values.Get(PackageSettings.Timestamp) ?? (isPackage ? known!.Timestamp : null) ?? Now(context);
        return new PackageContent
        {
            Payload = bytes,
            Framework = Tell(context, PackageSettings.Framework, known?.Framework ?? payload.Format.Framework),
            FrameworkVersion = Tell(context, PackageSettings.FrameworkVersion, known?.FrameworkVersion),
            ModelClass = Tell(context, PackageSettings.ModelClass, known?.ModelClass),
            Id = values.Get(PackageSettings.Id) ?? (isPackage ? known!.Id : IdOf(bytes.Span, timestamp)),
            Timestamp = timestamp,
            Info = known?.Info,
            Params = Object(context, PackageSettings.Param) ?? known?.Params,
            Metrics = Object(context, PackageSettings.Metric) ?? known?.Metrics,
            Extra = Object(context, PackageSettings.Extra) ?? known?.Extra,
            Artifacts = Artifacts(context, source),
        };
    }

    private static System.Text.Json.JsonElement? Object(CommandContext context, Setting setting) =>
        JsonObjectText.Read(setting.Name, context.Values.GetAll(setting));

    private static ModelMetadata Describe(ModelSource payload)
    {
        using var model = new ModelEngines().AddManaged().Load(payload);
        return model.Metadata;
    }

    private static string Tell(CommandContext context, Setting<string?> setting, string? known) =>
        context.Values.Get(setting) is { Length: > 0 } said
            ? said
            : known is { Length: > 0 }
                ? known
                : throw context.UsageError($"The model file does not tell what {setting.Name} is for.", $"Write: {setting.Name} {setting.Kind.ValueName}");

    private static string Now(CommandContext context)
    {
        if (context.Console.Variable(Epoch) is { Length: > 0 } epoch)
        {
            return long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
                ? Text(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime)
                : throw context.UsageError($"{Epoch} is '{epoch}', expected seconds since 1970.");
        }

        return Text(TimeProvider.System.GetLocalNow().DateTime);
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    // The same model packaged at the same time is the same model: the id is made from both, in the form of a UUID of version 8.
    private static string IdOf(ReadOnlySpan<byte> payload, string timestamp)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(payload);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private static List<ArtifactContent> Artifacts(CommandContext context, ModelPackage source)
    {
        List<ArtifactContent> artifacts = [.. source.Artifacts.Select(artifact => ArtifactContent.FromStream(artifact.Name, artifact.OpenRead))];
        foreach (var text in context.Values.GetAll(PackageSettings.Artifact))
        {
            var equals = text.IndexOf('=');
            if (equals is 0 || equals == text.Length - 1)
            {
                throw context.UsageError($"{PackageSettings.Artifact.Name} is '{text}', expected NAME=PATH.");
            }

            var path = equals < 0 ? text : text[(equals + 1)..];
            Add(ArtifactContent.FromFile(equals < 0 ? Path.GetFileName(path) : text[..equals], path));
        }

        if (context.Values.Get(PackageSettings.Cases) is { } cases)
        {
            Add(ArtifactContent.FromFile(ModelVerifyCommand.CasesArtifact, cases));
        }

        return artifacts;

        void Add(ArtifactContent artifact)
        {
            artifacts.RemoveAll(other => other.Name == artifact.Name);
            artifacts.Add(artifact);
        }
    }
}
