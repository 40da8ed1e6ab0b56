using System.Globalization;
using Flama.Cli.Commands;
using Flama.Cli.Models;
using Flama.Cli.Settings;
using Flama.Hosting;
using Flama.Packaging;
using Flama.Scoring;

namespace Flama.Cli.Packaging;

/// <summary>What goes into a package by the options of the command line.</summary>
internal static class PackageSource
{
    private const string Epoch = "SOURCE_DATE_EPOCH";

    /// <summary>Collects the content.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="source">The model file, which must stay open until the package is saved.</param>
    /// <param name="engines">Read what the file tells.</param>
    /// <param name="shapes">The shapes of its inputs; none for those that it tells.</param>
    /// <exception cref="FlamaException">A value is wrong, or something that the file does not tell is missing.</exception>
    public static PackageContent Read(CommandContext context, ModelPackage source, ModelEngines engines, IReadOnlyList<InputShape> shapes)
    {
        var values = context.Values;
        PackageBuilder builder = new(source, engines)
        {
            ModelKey = values.Get(ModelSettings.Key),
            InputShapes = shapes,
            Framework = values.Get(PackageSettings.Framework),
            FrameworkVersion = values.Get(PackageSettings.FrameworkVersion),
            ModelClass = values.Get(PackageSettings.ModelClass),
            Id = values.Get(PackageSettings.Id),
            Timestamp = values.Get(PackageSettings.Timestamp) ?? (source.Metadata is null ? EpochOf(context) : null),
            Params = Object(context, PackageSettings.Param),
            Metrics = Object(context, PackageSettings.Metric),
            Extra = Object(context, PackageSettings.Extra),
        };
        foreach (var text in values.GetAll(PackageSettings.Artifact))
        {
            builder.AddArtifact(ArtifactOf(context, text));
        }

        foreach (var path in values.GetAll(PackageSettings.Before))
        {
            ModelFile.Check(path);
            builder.AddBefore(path);
        }

        if (values.Get(PackageSettings.Cases) is { } cases)
        {
            builder.AddArtifact(ArtifactContent.FromFile(ModelCases.ArtifactName, cases));
        }

        return builder.Build();
    }

    private static System.Text.Json.JsonElement? Object(CommandContext context, Setting setting) =>
        JsonObjectText.Read(setting.Name, context.Values.GetAll(setting));

    private static string? EpochOf(CommandContext context) => context.Console.Variable(Epoch) switch
    {
        not { Length: > 0 } => null,
        var epoch when long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800 =>
            DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        var epoch => throw context.UsageError($"{Epoch} is '{epoch}', expected seconds since 1970."),
    };

    private static ArtifactContent ArtifactOf(CommandContext context, string text)
    {
        var equals = text.IndexOf('=');
        if (equals is 0 || equals == text.Length - 1)
        {
            throw context.UsageError($"{PackageSettings.Artifact.Name} is '{text}', expected NAME=PATH.");
        }

        var path = equals < 0 ? text : text[(equals + 1)..];
        return ArtifactContent.FromFile(equals < 0 ? Path.GetFileName(path) : text[..equals], path);
    }
}
